package dev.latchkey.testing;

import java.util.List;

/** The rules of the specifications: form of the request, client authentication, grant. */
record StandardTokenRules(RequestRules form, ClientAuthenticationCheck authentication, Grants grants)
        implements TokenRules {

    @Override
    public List<Refusal> faults(TokenRequest request) {
        return form.faults(request);
    }

    @Override
    public Reply answer(TokenRequest request, List<Refusal> faults) {
        if (!faults.isEmpty()) {
            throw faults.get(0);
        }
        return grants.answer(authentication.authenticate(request), request);
    }
}
