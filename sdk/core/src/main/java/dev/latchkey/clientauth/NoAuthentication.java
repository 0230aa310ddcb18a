package dev.latchkey.clientauth;

import java.util.Map;
import java.util.Objects;

/**
 * The method {@code none}: a public client names itself with {@code client_id} and proves nothing. Where the provider finds
 * the client by a header, the parameter is left out.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.1">RFC 6749, section 2.1: Client Types</a>
 */
public final class NoAuthentication implements ClientAuthentication {

    private static final NoAuthentication INSTANCE = new NoAuthentication();

    private NoAuthentication() {}

    /** {@return the method {@code none}} */
    public static NoAuthentication create() {
        return INSTANCE;
    }

    @Override
    public String method() {
        return "none";
    }

    @Override
    public AuthenticationParameters authenticate(AuthenticationContext context) {
        Objects.requireNonNull(context, "context");
        return AuthenticationParameters.ofParameters(
                context.clientIdParameter() ? Map.of("client_id", context.clientId()) : Map.of());
    }

    @Override
    public void check(AuthenticationContext context) {
        Objects.requireNonNull(context, "context");
    }

    /** {@return the name of the method} */
    @Override
    public String toString() {
        return "NoAuthentication[]";
    }
}
