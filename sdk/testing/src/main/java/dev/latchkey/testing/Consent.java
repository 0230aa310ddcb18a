package dev.latchkey.testing;

import java.time.Instant;

/** What a person agreed to, when and in answer to which request. */
record Consent(Principal principal, AuthorizationRequest request, Instant at) {

    @Override
    public String toString() {
        return "Consent[" + principal.userId() + ", " + principal.scopes() + ", " + at + "]";
    }
}
