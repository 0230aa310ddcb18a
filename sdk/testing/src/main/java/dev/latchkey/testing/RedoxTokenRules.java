package dev.latchkey.testing;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Redox's token endpoint: its texts in the order that they suggest, which is not documented. */
final class RedoxTokenRules implements TokenRules {

    private final SimulatorState state;
    private final RequestRules form;
    private final BackendAssertionCheck assertions;

    RedoxTokenRules(SimulatorState state, String tokenEndpoint) {
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
        Refusal.throwIf(RequestRules.method(request));
        Refusal.throwIf(form.contentType(request).map(fault -> state.errors.refusal("redox-content-type", fault)));
        parameter(request, "grant_type", "client_credentials", "grant-type");
        parameter(request, "client_assertion_type", Assertion.TYPE, "assertion-type");
        String sent = request.parameter("client_assertion")
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> state.errors.misuse("redox-no-assertion", "client_assertion is missing"));
        Refusal.throwIf(faults.stream().findFirst());
        return issue(authenticate(request, sent), request);
    }

    private void parameter(TokenRequest request, String name, String expected, String id) {
        String value = request.parameter(name).orElse("");
        if (value.isEmpty()) {
            throw state.errors.misuse("redox-no-" + id, name + " is missing");
        }
        if (!value.equals(expected)) {
            throw state.errors.misuse("redox-wrong-" + id, name + " must be " + expected + ", but is " + value);
        }
    }

    private FakeClient authenticate(TokenRequest request, String sent) {
        Assertion assertion = blankOf(() -> Assertion.require(sent));
        FakeClient client = client(assertion);
        return blankOf(() -> {
            assertions.check(client, assertion, request);
            return client;
        });
    }

    /** Whatever is wrong, Redox says nothing. */
    private <T> T blankOf(Supplier<T> check) {
        try {
            return check.get();
        } catch (Refusal refusal) {
            throw state.errors.refusal("redox-blank", refusal);
        }
    }

    /** The key is looked up by client and {@code kid}. No key here has a JWKS URL, so a {@code jku} finds none. */
    private FakeClient client(Assertion assertion) {
        String keyId = assertion
                .headerText("kid")
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> state.errors.refusal("redox-no-kid", "The assertion has no kid"));
        String clientId = assertion.text("iss").orElse("");
        return state.clients
                .find(clientId)
                .filter(client -> client.credential().named(keyId).size() == 1)
                .filter(client -> !assertion.header().has("jku"))
                .orElseThrow(() -> state.errors.refusal(
                        "redox-no-public-key", "No key " + keyId + " of client " + clientId + " is registered"));
    }

    /** The success body is not documented; taken to be that of SMART Backend Services, on which the scheme is based. */
    private Reply issue(FakeClient client, TokenRequest request) {
        Optional<String> scope = request.parameter("scope");
        AccessTokens.Issued issued = state.accessTokens.issue(
                client.clientId(), Scopes.grant(scope.map(Scopes::parse).orElse(Set.of()), client.scopes()), "");
        return Reply.json(
                        200,
                        Json.object()
                                .put("access_token", issued.value())
                                .put("scope", scope.orElse(""))
                                .put("token_type", "Bearer")
                                .put("expires_in", state.settings.tokenLife.toSeconds()))
                .with("Cache-Control", "no-store");
    }
}
