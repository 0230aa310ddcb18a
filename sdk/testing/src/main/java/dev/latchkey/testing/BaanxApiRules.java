package dev.latchkey.testing;

import java.util.Optional;

/** Baanx's API: the client key first, then the token, then the tenant, then what is asked. */
final class BaanxApiRules implements ApiRules {

    private final BaanxPlatform platform;
    private final SimulatorState state;

    BaanxApiRules(BaanxPlatform platform) {
        this.platform = platform;
        this.state = platform.state;
    }

    @Override
    public void arrived(RecordedApiRequest request) {
        if (request.header(BaanxClients.SECRET_KEY).isPresent()) {
            state.journal.violation(request, "x-secret-key was sent to the API, where it does not belong");
        }
    }

    @Override
    public Reply answer(RecordedApiRequest request) {
        Optional<String> clientKey = request.header(BaanxClients.CLIENT_KEY);
        String fault = platform.clients.fault(clientKey);
        if (!fault.isEmpty()) {
            return state.errors.reply("baanx-" + fault);
        }
        return BearerToken.active(request, state.accessTokens)
                .filter(token -> clientKey.equals(Optional.of(token.clientId())))
                .map(token -> withToken(request, token))
                .orElseGet(() -> state.errors.reply("baanx-401"));
    }

    private Reply withToken(RecordedApiRequest request, AccessTokens.Issued token) {
        if (platform.isOtherTenant(request.header("x-us-env"))
                || !request.path().startsWith("/v1/")) {
            return state.errors.reply("baanx-404");
        }
        return switch (request.method() + " " + request.path()) {
            case "GET /v1/user" -> Reply.json(200, Json.object().put("id", platform.sessions.userOf(token)));
            case "GET /v1/card/status" -> state.errors.reply("baanx-404");
            case "POST /v1/auth/logout" -> {
                platform.sessions.end(token);
                yield success();
            }
            case "DELETE /v1/auth/oauth/revoke" -> {
                platform.sessions.endAll(token);
                yield success();
            }
            default -> FakeApiRules.ok(request);
        };
    }

    private static Reply success() {
        return Reply.json(200, Json.object().put("success", true));
    }
}
