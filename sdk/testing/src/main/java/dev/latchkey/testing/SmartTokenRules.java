package dev.latchkey.testing;

import java.util.List;
import java.util.Set;

/** The token endpoint of SMART Backend Services: form, then the client, then the scope. */
final class SmartTokenRules implements TokenRules {

    private static final String INVALID_REQUEST = "smart-assertion-type";

    private final SimulatorState state;
    private final RequestRules form;
    private final BackendAssertionCheck assertions;

    SmartTokenRules(SimulatorState state, String tokenEndpoint) {
        this.state = state;
        this.form = new RequestRules(state.settings);
        this.assertions = new BackendAssertionCheck(state, tokenEndpoint);
    }

    @Override
    public List<Refusal> faults(TokenRequest request) {
        return form.faults(request);
    }

    @Override
    public Reply answer(TokenRequest request, List<Refusal> faults) {
        Refusal.throwIf(faults.stream().findFirst());
        if (!required(request, "grant_type").equals("client_credentials")) {
            throw state.errors.misuse("smart-grant", "grant_type must be client_credentials");
        }
        if (!required(request, "client_assertion_type").equals(Assertion.TYPE)) {
            throw state.errors.misuse(INVALID_REQUEST, "client_assertion_type must be " + Assertion.TYPE);
        }
        FakeClient client = authenticate(request, required(request, "client_assertion"));
        return issue(client, scopes(request));
    }

    private String required(TokenRequest request, String name) {
        return request.parameter(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> state.errors.misuse(INVALID_REQUEST, name + " is missing"));
    }

    private FakeClient authenticate(TokenRequest request, String sent) {
        try {
            Assertion assertion = Assertion.require(sent);
            FakeClient client = state.clients.require(assertion.text("iss").orElse(""));
            assertions.check(client, assertion, request);
            return client;
        } catch (Refusal refusal) {
            throw state.errors.refusal("smart-client", refusal);
        }
    }

    private Set<String> scopes(TokenRequest request) {
        String scope = request.parameter("scope")
                .orElseThrow(() -> state.errors.misuse("smart-scope", "scope is missing, which must be sent"));
        try {
            return Scopes.parse(scope);
        } catch (Refusal refusal) {
            throw state.errors.refusal("smart-scope", refusal);
        }
    }

    private Reply issue(FakeClient client, Set<String> scopes) {
        AccessTokens.Issued issued = state.accessTokens.issue(client.clientId(), scopes, "");
        return Reply.json(
                        200,
                        Json.object()
                                .put("access_token", issued.value())
                                .put("token_type", "bearer")
                                .put("expires_in", state.settings.tokenLife.toSeconds())
                                .put("scope", Scopes.text(scopes)))
                .with("Cache-Control", "no-store");
    }
}
