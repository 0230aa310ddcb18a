package dev.latchkey.clientauth;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An algorithm that signs an assertion, by its registered name.
 *
 * <p>{@code none} is not among them and cannot be asked for.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.1">RFC 7518, section 3.1: "alg" Header Parameter
 *     Values for JWS</a>
 */
public enum JwsAlgorithm {
    /** RSA, PKCS #1 v1.5, SHA-256. */
    RS256("RS256"),
    /** RSA, PKCS #1 v1.5, SHA-384. Health platforms know it. */
    RS384("RS384"),
    /** RSA, PKCS #1 v1.5, SHA-512. */
    RS512("RS512"),
    /** RSA-PSS, SHA-256. FAPI and Microsoft Entra ID know it. */
    PS256("PS256"),
    /** RSA-PSS, SHA-384. */
    PS384("PS384"),
    /** RSA-PSS, SHA-512. */
    PS512("PS512"),
    /** ECDSA on P-256, SHA-256. */
    ES256("ES256"),
    /** ECDSA on P-384, SHA-384. Health platforms know it. */
    ES384("ES384"),
    /** ECDSA on P-521, SHA-512. */
    ES512("ES512"),
    /** Ed25519 (RFC 8037). */
    EDDSA("EdDSA"),
    /** HMAC with SHA-256: the client secret is the key. */
    HS256("HS256"),
    /** HMAC with SHA-384: the client secret is the key. */
    HS384("HS384"),
    /** HMAC with SHA-512: the client secret is the key. */
    HS512("HS512");

    private final String registeredName;

    JwsAlgorithm(String registeredName) {
        this.registeredName = registeredName;
    }

    /**
     * Finds an algorithm by its registered name, in exactly that spelling.
     *
     * @param registeredName such as {@code RS384}
     * @return the algorithm
     * @throws IllegalArgumentException for any other name; the message lists the known ones
     */
    public static JwsAlgorithm of(String registeredName) {
        Objects.requireNonNull(registeredName, "registeredName");
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.registeredName.equals(registeredName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + Texts.printable(registeredName)
                        + "\" is not a signature algorithm known here. Use one of " + knownNames() + "."));
    }

    /** {@return the name that goes into the {@code alg} member of a header} */
    public String registeredName() {
        return registeredName;
    }

    /** {@return whether the key is a secret that client and server share, as for the HMAC algorithms} */
    public boolean isSymmetric() {
        return this == HS256 || this == HS384 || this == HS512;
    }

    private static String knownNames() {
        return Arrays.stream(values()).map(JwsAlgorithm::registeredName).collect(Collectors.joining(", "));
    }
}
