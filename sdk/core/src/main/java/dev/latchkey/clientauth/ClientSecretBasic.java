package dev.latchkey.clientauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * The method {@code client_secret_basic}: identifier and secret travel in the {@code Authorization} header, each
 * form-encoded before they are joined, so that a colon, a percent sign or an umlaut in them arrives as it is.
 *
 * <p>A server that forgets to decode refuses such a client although the secret is right; then use
 * {@link ClientSecretPost}.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1">RFC 6749, section 2.3.1: Client Password</a>
 */
public final class ClientSecretBasic implements ClientAuthentication {

    private final String secret;
    private final String encodedSecret;

    private ClientSecretBasic(String secret) {
        this.secret = secret;
        this.encodedSecret = formEncoded(secret);
    }

    /**
     * Uses a client secret.
     *
     * @param clientSecret the secret as the server gave it, not encoded; not blank
     * @return the method with that secret
     * @throws IllegalArgumentException if the secret is blank
     */
    public static ClientSecretBasic of(String clientSecret) {
        return new ClientSecretBasic(Texts.requireSecret(clientSecret));
    }

    @Override
    public String method() {
        return "client_secret_basic";
    }

    @Override
    public AuthenticationParameters authenticate(AuthenticationContext context) {
        Objects.requireNonNull(context, "context");
        String credentials = formEncoded(context.clientId()) + ":" + encodedSecret;
        String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
        return AuthenticationParameters.ofHeader(
                "Authorization", "Basic " + encoded, List.of(encoded, secret, encodedSecret));
    }

    @Override
    public void check(AuthenticationContext context) {
        Objects.requireNonNull(context, "context");
    }

    /** {@return the name of the method, without the secret} */
    @Override
    public String toString() {
        return "ClientSecretBasic[secret=***]";
    }

    private static String formEncoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
