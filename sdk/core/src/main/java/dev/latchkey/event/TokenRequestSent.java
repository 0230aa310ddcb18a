package dev.latchkey.event;

import dev.latchkey.token.TokenKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token request is about to go out: one event for each attempt, so that the number of these events is the number of
 * requests a server can have seen.
 *
 * <p>Thread-safety: immutable.
 */
public final class TokenRequestSent implements TokenEvent {
    private final TokenKey key;
    private final String clientAuthenticationMethod;
    private final Map<String, String> parameters;
    private final Map<String, Object> assertionHeader;
    private final Map<String, Object> assertionClaims;

    private TokenRequestSent(
            TokenKey key,
            String clientAuthenticationMethod,
            Map<String, String> parameters,
            Map<String, Object> assertionHeader,
            Map<String, Object> assertionClaims) {
        this.key = key;
        this.clientAuthenticationMethod = clientAuthenticationMethod;
        this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        this.assertionHeader = assertionHeader;
        this.assertionClaims = assertionClaims;
    }

    /**
     * Makes the event.
     *
     * @param key whose token is asked for
     * @param clientAuthenticationMethod the registered name of the method used
     * @param parameters the parameters of the request, secret ones masked
     * @param assertionHeader the header of the client assertion; empty where none was sent
     * @param assertionClaims the claims of the client assertion; empty where none was sent
     * @return the event
     */
    public static TokenRequestSent of(
            TokenKey key,
            String clientAuthenticationMethod,
            Map<String, String> parameters,
            Map<String, Object> assertionHeader,
            Map<String, Object> assertionClaims) {
        return new TokenRequestSent(key, clientAuthenticationMethod, parameters, assertionHeader, assertionClaims);
    }

    @Override
    public TokenKey key() {
        return key;
    }

    /** {@return the registered name of the client authentication method, such as {@code private_key_jwt}} */
    public String clientAuthenticationMethod() {
        return clientAuthenticationMethod;
    }

    /** {@return the parameters of the request in the order sent; the value of a secret one is {@code *****}} */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** {@return the header of the client assertion, without which nobody could tell why it is refused; may be empty} */
    public Map<String, Object> assertionHeader() {
        return assertionHeader;
    }

    /** {@return the claims of the client assertion; the signature is not part of the event; may be empty} */
    public Map<String, Object> assertionClaims() {
        return assertionClaims;
    }

    @Override
    public String toString() {
        return "TokenRequestSent[" + key + ", " + clientAuthenticationMethod + ", header=" + assertionHeader
                + ", claims=" + assertionClaims + "]";
    }
}
