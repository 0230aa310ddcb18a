package dev.latchkey.testing;

/** Everything of ID B2B that takes an access token: introspection, userinfo, and two APIs of its products. */
final class OathApiRules implements ApiRules {

    private final SimulatorState state;
    private final OathIntrospection introspection;
    private final OathUserinfo userinfo;

    OathApiRules(SimulatorState state, OathIntrospection introspection, OathUserinfo userinfo) {
        this.state = state;
        this.introspection = introspection;
        this.userinfo = userinfo;
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
        String path = request.path();
        if (path.equals("/identity/oauth2/introspect")) {
            return introspection.answer(request);
        }
        if (path.equals("/identity/oauth2/userinfo")) {
            return userinfo.answer(request);
        }
        if (path.startsWith("/api/")) {
            return api(request);
        }
        return path.startsWith("/traffic/") ? traffic(request) : notFound();
    }

    private Reply api(RecordedApiRequest request) {
        if (request.header("Authorization").isEmpty()) {
            throw state.errors.misuse("oath-userinfo-no-token", "The header Authorization is missing");
        }
        return BearerToken.active(request, state.accessTokens)
                .map(token -> FakeApiRules.ok(request))
                .orElseThrow(() -> state.errors.refusal("oath-token", "The access token is not active"));
    }

    /** Yahoo DSP has two headers of its own. */
    private Reply traffic(RecordedApiRequest request) {
        if (request.header("Authorization").isPresent()) {
            throw state.errors.misuse("oath-userinfo-no-token", "The token belongs in X-Auth-Token, not in a Bearer");
        }
        String token = request.header("X-Auth-Token").orElse("");
        if (token.isEmpty() || !request.header("X-Auth-Method").orElse("").equals("OAuth2")) {
            throw state.errors.misuse(
                    "oath-userinfo-no-token", "The headers X-Auth-Method: OAuth2 and X-Auth-Token are both needed");
        }
        return state.accessTokens
                .active(token)
                .map(issued -> FakeApiRules.ok(request))
                .orElseThrow(() -> state.errors.refusal("oath-token", "The access token is not active"));
    }

    private static Reply notFound() {
        return Reply.json(404, Json.object().put("code", 404).put("message", "Not Found"));
    }
}
