package dev.latchkey.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a {@link FakeApi} asks of a request: required headers first, then the token, then its scope. */
final class FakeApiRules implements ApiRules {

    private final AccessTokens tokens;
    private final Map<String, String> requiredHeaders = new ConcurrentHashMap<>();
    private volatile String requiredScope = "";

    FakeApiRules(AccessTokens tokens) {
        this.tokens = tokens;
    }

    void requireHeader(String name, String value) {
        requiredHeaders.put(name, value);
    }

    void requireScope(String scope) {
        requiredScope = scope;
    }

    @Override
    public Reply answer(RecordedApiRequest request) {
        return headerFault(request).or(() -> tokenFault(request)).orElseGet(() -> ok(request));
    }

    /** What an API says that has nothing in particular to say. */
    static Reply ok(RecordedApiRequest request) {
        return Reply.json(200, Json.object().put("ok", true).put("path", request.path()));
    }

    private Optional<Reply> headerFault(RecordedApiRequest request) {
        return requiredHeaders.entrySet().stream()
                .flatMap(required -> headerFault(request.header(required.getKey()), required.getValue()).stream())
                .findFirst();
    }

    private static Optional<Reply> headerFault(Optional<String> sent, String value) {
        if (sent.isEmpty()) {
            return Optional.of(message(499, "Token Required"));
        }
        return sent.get().equals(value) ? Optional.empty() : Optional.of(message(498, "Invalid Token"));
    }

    private static Reply message(int status, String text) {
        return Reply.json(status, Json.object().put("message", text));
    }

    private Optional<Reply> tokenFault(RecordedApiRequest request) {
        int sent = request.headers().getOrDefault("Authorization", List.of()).size();
        if (sent == 0) {
            return Optional.of(message(401, "No access token").with("WWW-Authenticate", "Bearer"));
        }
        if (sent > 1) {
            return Optional.of(
                    challenge(400, "invalid_request", "error_description=\"More than one Authorization header\""));
        }
        String token = request.bearerToken().orElse("");
        AccessTokens.State state = tokens.state(token);
        if (state != AccessTokens.State.ACTIVE) {
            return Optional.of(challenge(401, "invalid_token", "error_description=\"" + state.sentence() + "\""));
        }
        return scopeFault(token);
    }

    private Optional<Reply> scopeFault(String token) {
        String scope = requiredScope;
        boolean granted = scope.isEmpty()
                || tokens.find(token)
                        .filter(issued -> issued.scopes().contains(scope))
                        .isPresent();
        return granted
                ? Optional.empty()
                : Optional.of(challenge(403, "insufficient_scope", "scope=\"" + scope + "\""));
    }

    private static Reply challenge(int status, String error, String parameter) {
        return Reply.json(status, Json.object().put("error", error))
                .with("WWW-Authenticate", "Bearer error=\"" + error + "\", " + parameter);
    }
}
