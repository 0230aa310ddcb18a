package dev.latchkey.clientauth;

import java.io.IOException;

/**
 * How a client proves itself to the token endpoint, one type for each registered method. A token manager uses exactly
 * one of them per request (RFC 6749, section 2.3).
 *
 * <p>Applications only make values of it and hand them over; the methods are called by the token manager.
 *
 * <p>Thread-safety: immutable, safe for use by many threads at once, and no two of them wait for each other.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591#section-2">RFC 7591, section 2:
 *     token_endpoint_auth_method</a>
 */
public sealed interface ClientAuthentication
        permits PrivateKeyJwt, ClientSecretJwt, ClientSecretBasic, ClientSecretPost, NoAuthentication {

    /** {@return the registered name of the method, such as {@code private_key_jwt}} */
    String method();

    /**
     * Makes what one token request must carry. Every call makes a new assertion, where there is one: call it again for
     * each attempt.
     *
     * @param context the client, the server and the present time
     * @return header fields and form parameters to add
     * @throws IOException if no signature could be made; nothing has been sent then
     * @throws IllegalStateException if the key does not fit together, or the context lacks what the profile needs
     */
    AuthenticationParameters authenticate(AuthenticationContext context) throws IOException;

    /**
     * Checks, without signing anything, that this method can serve a server with that profile. A token manager calls it
     * while it is built, so that a mistake shows there and not at the first call.
     *
     * @param context the client, the server and the present time
     * @throws IllegalArgumentException if it cannot; the message names the setting and the remedy
     */
    void check(AuthenticationContext context);
}
