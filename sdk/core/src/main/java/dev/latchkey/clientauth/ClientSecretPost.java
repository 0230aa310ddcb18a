package dev.latchkey.clientauth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The method {@code client_secret_post}: identifier and secret are form parameters of the token request. Prefer
 * {@link PrivateKeyJwt} or {@link ClientSecretBasic} where the server allows them.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1">RFC 6749, section 2.3.1: Client Password</a>
 */
public final class ClientSecretPost implements ClientAuthentication {

    private final String secret;

    private ClientSecretPost(String secret) {
        this.secret = secret;
    }

    /**
     * Uses a client secret.
     *
     * @param clientSecret the secret as the server gave it; not blank
     * @return the method with that secret
     * @throws IllegalArgumentException if the secret is blank
     */
    public static ClientSecretPost of(String clientSecret) {
        return new ClientSecretPost(Texts.requireSecret(clientSecret));
    }

    @Override
    public String method() {
        return "client_secret_post";
    }

    @Override
    public AuthenticationParameters authenticate(AuthenticationContext context) {
        Objects.requireNonNull(context, "context");
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", context.clientId());
        parameters.put("client_secret", secret);
        return AuthenticationParameters.ofParameters(parameters);
    }

    @Override
    public void check(AuthenticationContext context) {
        Objects.requireNonNull(context, "context");
    }

    /** {@return the name of the method, without the secret} */
    @Override
    public String toString() {
        return "ClientSecretPost[secret=***]";
    }
}
