package dev.latchkey.testing;

import java.util.List;
import java.util.Set;

/** The token endpoint of ID B2B: form, then grant type, then client, then the grant. */
final class OathTokenRules implements TokenRules {

    private static final Set<String> GRANT_TYPES =
            Set.of("client_credentials", "authorization_code", "refresh_token", "password");

    private final ErrorCatalog errors;
    private final RequestRules form;
    private final OathAuthentication authentication;
    private final OathGrants grants;

    OathTokenRules(SimulatorState state, OathAuthentication authentication, OathGrants grants) {
        this.errors = state.errors;
        this.form = new RequestRules(state.settings);
        this.authentication = authentication;
        this.grants = grants;
    }

    @Override
    public List<Refusal> faults(TokenRequest request) {
        return form.faults(request);
    }

    @Override
    public Reply answer(TokenRequest request, List<Refusal> faults) {
        Refusal.throwIf(RequestRules.method(request).map(fault -> errors.refusal("oath-method", fault)));
        Refusal.throwIf(form.contentType(request).map(fault -> errors.refusal("oath-content-type", fault)));
        String grantType = grantType(request);
        Refusal.throwIf(faults.stream().findFirst());
        return grants.answer(authentication.authenticate(request), request, grantType);
    }

    private String grantType(TokenRequest request) {
        String sent = request.parameter("grant_type").orElse("");
        if (sent.isEmpty()) {
            throw errors.misuse("oath-no-grant-type", "grant_type is missing");
        }
        if (!GRANT_TYPES.contains(sent)) {
            Reply reply = Echo.of(errors.require("oath-grant-type"), "client_credential", sent);
            throw Refusal.documented(reply, "grant_type must be one of the four, but is " + sent, true);
        }
        return sent;
    }
}
