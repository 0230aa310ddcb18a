package dev.latchkey.testing;

import java.util.Optional;

/** Baanx's API: the client key first; then signing in, or the token, then the tenant, then what is asked. */
final class BaanxApiRules implements ApiRules {

    private final BaanxPlatform platform;
    private final SimulatorState state;

    private final BaanxLoginRules login;
    private final BaanxConsentRules consent;

    BaanxApiRules(BaanxPlatform platform, BaanxLoginRules login, BaanxConsentRules consent) {
        this.platform = platform;
        this.state = platform.state;
        this.login = login;
        this.consent = consent;
    }

    @Override
    public void arrived(RecordedApiRequest request) {
        if (request.header(BaanxClients.SECRET_KEY).isPresent()
                && !request.path().startsWith("/v1/auth/oauth/authorize")) {
            state.journal.violation(request, "x-secret-key was sent to the API, where it does not belong");
        }
    }

    @Override
    public Reply answer(RecordedApiRequest request) {
        if (request.path().equals(BaanxConsentRules.PAGE)) {
            return WebPage.waiting("Sign in.").reply();
        }
        try {
            return answer(request, request.header(BaanxClients.CLIENT_KEY));
        } catch (Refusal refusal) {
            if (refusal.isMisuse()) {
                state.journal.violation(request, refusal.reason());
            }
            return refusal.reply(false);
        }
    }

    private Reply answer(RecordedApiRequest request, Optional<String> clientKey) {
        String fault = platform.clients.fault(clientKey);
        if (!fault.isEmpty()) {
            return state.errors.reply("baanx-" + fault);
        }
        String known = clientKey.orElseThrow();
        return switch (request.method() + " " + request.path()) {
            case "GET /v1/auth/oauth/authorize/initiate" -> consent.initiate(request, known);
            case "POST /v1/auth/login" -> login.login(request, known);
            case "POST /v1/auth/login/otp" -> login.oneTimePassword(request);
            case "POST /v1/auth/oauth/authorize" -> consent.authorize(request, known);
            default ->
                BearerToken.active(request, state.accessTokens)
                        .filter(token -> token.clientId().equals(known))
                        .map(token -> withToken(request, token))
                        .orElseGet(() -> state.errors.reply("baanx-401"));
        };
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

    static Reply success() {
        return Reply.json(200, Json.object().put("success", true));
    }
}
