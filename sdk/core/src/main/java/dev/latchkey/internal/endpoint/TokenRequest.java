package dev.latchkey.internal.endpoint;

import dev.latchkey.event.TokenRequestSent;
import dev.latchkey.internal.http.RequestFacts;
import okhttp3.Request;

/**
 * One token request, ready to go out once.
 *
 * @param http the request
 * @param body its body, which knows whether it has begun to go out
 * @param facts what is needed to judge the answer
 * @param event what a listener is told
 */
record TokenRequest(Request http, OneShotBody body, RequestFacts facts, TokenRequestSent event) {
    /** The assertion of this request names the time, so that a wrong clock can be why it is refused. */
    boolean hasAssertion() {
        return !event.assertionClaims().isEmpty();
    }

    @Override
    public String toString() {
        return "TokenRequest[" + facts + "]";
    }
}
