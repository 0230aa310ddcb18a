package dev.latchkey.testing;

import java.util.Set;

/** How an authorization server judges authorization requests. */
interface AuthorizationRules {

    /** Who asks for what. */
    record Asked(String client, Set<String> scopes) {}

    /** Where the answer goes; thrown as a {@link WebPage} where nobody is redirected. */
    String redirectUri(AuthorizationRequest request);

    /** What the person is asked to agree to; thrown as a {@link Refusal} that the redirect tells. */
    Asked asked(AuthorizationRequest request);

    /** Adds what every answer carries. */
    default Callback finish(Callback callback) {
        return callback;
    }
}
