package dev.latchkey.testing;

/** Checks an assertion as SMART Backend Services asks, and Redox after it: stricter than RFC 7523 in form. */
final class BackendAssertionCheck {

    private final AssertionCheck check;

    BackendAssertionCheck(SimulatorState state, String tokenEndpoint) {
        AudienceCheck audience = new AudienceCheck(new Endpoints("", tokenEndpoint, ""));
        check = new AssertionCheck(state.clock, state.settings, audience, state.jtis);
    }

    /** A client of this kind with the keys of the text, each with an id. */
    static FakeClient client(String clientId, String jwk) {
        FakeClient client = FakeClient.privateKeyJwt(clientId, jwk)
                .algorithms("RS384", "ES384")
                .audience(FakeClient.Audience.TOKEN_ENDPOINT)
                .kidRequired(true);
        if (client.credential().keys().stream().anyMatch(key -> key.getKeyID() == null)) {
            throw new IllegalArgumentException("jwk has no kid: the provider finds keys by it, so set one");
        }
        return client;
    }

    void check(FakeClient client, Assertion assertion, TokenRequest request) {
        if (!AssertionCheck.subject(assertion).equals(client.clientId())) {
            throw Refusal.malformedCredential("The assertion's sub is not the client " + client.clientId());
        }
        if (!assertion.headerText("typ").orElse("absent").equals("JWT")) {
            throw Refusal.malformedCredential("The assertion's typ must be JWT");
        }
        if (!assertion.claims().path("aud").isTextual()) {
            throw Refusal.malformedCredential("The assertion's aud must be one string");
        }
        check.check(client, assertion, request);
    }
}
