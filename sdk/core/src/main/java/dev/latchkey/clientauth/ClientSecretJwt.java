package dev.latchkey.clientauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.internal.jose.HmacSigner;
import dev.latchkey.internal.jose.JwsHead;
import java.util.Objects;

/**
 * The method {@code client_secret_jwt}: the client signs an assertion with its secret, which itself never travels.
 *
 * <p>The key is the secret's UTF-8 bytes as they are. RFC 7518 asks for a secret at least as long as the hash (32
 * characters for HS256); servers do hand out shorter ones, and those work too, but can be guessed from one captured
 * assertion if they are weak.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523#section-2.2">RFC 7523, section 2.2: Using JWTs for Client
 *     Authentication</a>
 */
public final class ClientSecretJwt implements ClientAuthentication {

    private final JwsAlgorithm algorithm;
    private final HmacSigner signer;

    private ClientSecretJwt(JwsAlgorithm algorithm, HmacSigner signer) {
        this.algorithm = algorithm;
        this.signer = signer;
    }

    /**
     * Signs with HS256.
     *
     * @param clientSecret the secret as the server gave it; not blank
     * @return the method with that secret
     * @throws IllegalArgumentException if the secret is blank
     */
    public static ClientSecretJwt of(String clientSecret) {
        return of(clientSecret, JwsAlgorithm.HS256);
    }

    /**
     * Signs with the given algorithm.
     *
     * @param clientSecret the secret as the server gave it; not blank
     * @param algorithm HS256, HS384 or HS512
     * @return the method with that secret
     * @throws IllegalArgumentException if the secret is blank or the algorithm needs a private key
     */
    public static ClientSecretJwt of(String clientSecret, JwsAlgorithm algorithm) {
        Texts.requireSecret(clientSecret);
        Objects.requireNonNull(algorithm, "algorithm");
        if (!algorithm.isSymmetric()) {
            throw new IllegalArgumentException("client_secret_jwt cannot sign with " + algorithm.registeredName()
                    + ", which needs a private key. Use HS256, HS384 or HS512, or PrivateKeyJwt with a SigningKey.");
        }
        HmacSigner signer = HmacSigner.of(algorithm.registeredName(), clientSecret.getBytes(UTF_8));
        return new ClientSecretJwt(algorithm, signer);
    }

    @Override
    public String method() {
        return "client_secret_jwt";
    }

    /** {@return the algorithm it signs with} */
    public JwsAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public AuthenticationParameters authenticate(AuthenticationContext context) {
        Objects.requireNonNull(context, "context");
        JwsHead head = AssertionHead.ofSecret(algorithm, context.profile());
        UnsignedAssertion assertion = UnsignedAssertion.of(context, head);
        String compact = signer.sign(head, assertion.claims());
        return AuthenticationParameters.ofAssertion(context, assertion, compact);
    }

    @Override
    public void check(AuthenticationContext context) {
        Objects.requireNonNull(context, "context");
        ProfileCheck.of(context).secret(algorithm);
    }

    /** {@return the name of the method and its algorithm, without the secret} */
    @Override
    public String toString() {
        return "ClientSecretJwt[algorithm=" + algorithm.registeredName() + ", secret=***]";
    }
}
