package dev.latchkey.testing;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The Partner API: headers, then the token, its scope, its owner. */
final class OlxApiRules implements ApiRules {

    static final Set<String> SCOPES = Set.of("v2", "read", "write");

    private static final String ROOT = "/api/partner";
    private static final List<String> PERSONAL = List.of("/users/me", "/adverts", "/threads");

    private final SimulatorState state;

    OlxApiRules(SimulatorState state) {
        this.state = state;
    }

    @Override
    public Reply answer(RecordedApiRequest request) {
        try {
            return decide(request);
        } catch (Refusal refusal) {
            if (refusal.isMisuse()) {
                state.journal.violation(request, refusal.reason());
            }
            return refusal.reply(false);
        }
    }

    private Reply decide(RecordedApiRequest request) {
        if (!isBelow(request.path(), ROOT)) {
            throw state.errors.refusal("olx-404", "Nothing is at " + request.path());
        }
        version(request);
        contentType(request);
        AccessTokens.Issued token = token(request);
        if (!token.scopes().containsAll(SCOPES)) {
            throw state.errors.refusal("olx-8", "The token has the scopes " + token.scopes() + " only");
        }
        if (token.family().isEmpty() && isPersonal(request.path())) {
            throw state.errors.refusal("olx-9", "The token is a client's, nobody signed in");
        }
        return FakeApiRules.ok(request);
    }

    private void version(RecordedApiRequest request) {
        String version = request.header("Version")
                .orElseThrow(() -> state.errors.misuse("olx-no-version", "The header Version is missing: send 2.0"));
        if (!version.equals("2.0")) {
            throw state.errors.misuse("olx-bad-version", "The header Version must be 2.0, but is " + version);
        }
    }

    private void contentType(RecordedApiRequest request) {
        String contentType = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (request.method().equals("GET") && !contentType.isEmpty()) {
            throw state.errors.misuse("olx-content-type", "A GET must have no Content-Type, but has " + contentType);
        }
        if (request.bodySize() > 0 && !contentType.startsWith("application/json")) {
            throw state.errors.misuse("olx-415", "The Content-Type of a body must be application/json");
        }
    }

    private AccessTokens.Issued token(RecordedApiRequest request) {
        List<String> sent = request.headers().getOrDefault("Authorization", List.of());
        if (sent.size() != 1 || BearerToken.parse(sent.get(0)).isEmpty()) {
            throw state.errors.misuse("olx-12", "The token must be sent once, as Authorization: Bearer");
        }
        return BearerToken.active(request, state.accessTokens)
                .orElseThrow(() -> state.errors.refusal("olx-7", "The access token is not active"));
    }

    private static boolean isPersonal(String path) {
        return PERSONAL.stream().anyMatch(part -> isBelow(path, ROOT + part));
    }

    private static boolean isBelow(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
