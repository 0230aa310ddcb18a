package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import mockwebserver3.RecordedRequest;

/** What a {@link FakeApi} does with a request: required headers first, then the token, then its scope. */
final class ApiSite implements Site {

    private final AccessTokens tokens;
    private final Map<String, String> requiredHeaders = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<RecordedApiRequest> requests = new ArrayList<>();
    private volatile String requiredScope = "";

    ApiSite(AccessTokens tokens) {
        this.tokens = tokens;
    }

    void requireHeader(String name, String value) {
        requiredHeaders.put(name, value);
    }

    void requireScope(String scope) {
        requiredScope = scope;
    }

    List<RecordedApiRequest> requests() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Visit arrive(RecordedRequest request) {
        TokenRequest.Head head = TokenRequestReader.head(request);
        lock.lock();
        try {
            int number = requests.size() + 1;
            RecordedApiRequest recorded = new RecordedApiRequest(number, head, TokenRequestReader.body(request), 0);
            requests.add(recorded);
            return new ApiVisit(recorded);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Reply finish(Reply reply) {
        return reply;
    }

    private void answered(RecordedApiRequest request, int status) {
        lock.lock();
        try {
            requests.set(request.sequenceNumber() - 1, request.answered(status));
        } finally {
            lock.unlock();
        }
    }

    private final class ApiVisit implements Visit {

        private final RecordedApiRequest request;

        ApiVisit(RecordedApiRequest request) {
            this.request = request;
        }

        @Override
        public Reply process() {
            return headerFault().or(this::tokenFault).orElseGet(this::ok);
        }

        private Optional<Reply> headerFault() {
            return requiredHeaders.entrySet().stream()
                    .flatMap(required -> headerFault(required.getKey(), required.getValue()).stream())
                    .findFirst();
        }

        private Optional<Reply> headerFault(String name, String value) {
            Optional<String> sent = request.header(name);
            if (sent.isEmpty()) {
                return Optional.of(message(499, "Token Required"));
            }
            return sent.get().equals(value) ? Optional.empty() : Optional.of(message(498, "Invalid Token"));
        }

        private static Reply message(int status, String text) {
            return Reply.json(status, Json.object().put("message", text));
        }

        private Optional<Reply> tokenFault() {
            int sent =
                    request.headers().getOrDefault("Authorization", List.of()).size();
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

        private Reply ok() {
            return Reply.json(200, Json.object().put("ok", true).put("path", request.path()));
        }

        @Override
        public void answered(Reply reply) {
            ApiSite.this.answered(request, reply.status());
        }
    }
}
