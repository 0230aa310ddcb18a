package dev.latchkey.internal.jose;

import com.nimbusds.jose.jwk.Curve;
import java.security.Key;
import java.security.PrivateKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of key that sign, each with the algorithms it can sign with, the default one first. */
public enum KeyKind {
    RSA(
            "RSA",
            "RS384, RS256, RS512, PS256, PS384, PS512",
            "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out private_key.pem"),
    P_256("P-256", "ES256", "openssl ecparam -name prime256v1 -genkey -noout -out private_key.pem"),
    P_384("P-384", "ES384", "openssl ecparam -name secp384r1 -genkey -noout -out private_key.pem"),
    P_521("P-521", "ES512", "openssl ecparam -name secp521r1 -genkey -noout -out private_key.pem"),
    ED25519("Ed25519", "EdDSA", "openssl genpkey -algorithm ed25519 -out private_key.pem");

    private static final int FEWEST_RSA_BITS = 2048;

    private final String label;
    /** The default one first; a text, so that the enum is immutable to the compiler as well. */
    private final String algorithms;

    private final String recipe;

    KeyKind(String label, String algorithms, String recipe) {
        this.label = label;
        this.algorithms = algorithms;
        this.recipe = recipe;
    }

    /** The kind of the first key that tells; keys of a hardware module may not. */
    static KeyKind of(@Nullable Key first, @Nullable Key second, KeySource source) {
        KeyKind kind = find(first, source);
        KeyKind known = kind == null ? find(second, source) : kind;
        if (known == null) {
            throw source.refuse("it does not tell what kind of key it is; only RSA, EC (P-256, P-384, P-521) and"
                    + " Ed25519 keys sign. For a key in a hardware module use SigningKey.of(KeyPair) or"
                    + " SigningKey.external(…).");
        }
        return known;
    }

    /** What the specifications call it. */
    public String label() {
        return label;
    }

    /** The algorithm a key signs with when nothing else is said. */
    public String defaultAlgorithm() {
        return algorithmNames().get(0);
    }

    boolean signs(String algorithm) {
        return algorithmNames().contains(algorithm);
    }

    /** Refuses an algorithm of another kind of key, and says how to make a key that fits. */
    public void requireSigning(String algorithm) {
        if (signs(algorithm)) {
            return;
        }
        String wanted = Arrays.stream(values())
                .filter(kind -> kind.signs(algorithm))
                .findFirst()
                .map(kind -> "needs a key of the kind " + kind.label + ". Make one with: " + kind.recipe
                        + " — or sign with ")
                .orElse("needs a shared secret (ClientSecretJwt). Sign with ");
        throw new IllegalArgumentException("This signing key is " + label + " and cannot sign " + algorithm + ", which "
                + wanted + algorithms + ".");
    }

    /** Whether a private key that does not tell more than its algorithm may be one. */
    boolean mayBe(PrivateKey key) {
        String family = switch (this) {
            case RSA -> "RSA";
            case P_256, P_384, P_521 -> "EC";
            case ED25519 -> "ED";
        };
        return key.getAlgorithm().toUpperCase(Locale.ROOT).startsWith(family);
    }

    /** The curve in the words of nimbus; null for RSA. */
    @Nullable
    Curve curve() {
        return this == RSA ? null : Curve.parse(label);
    }

    static IllegalArgumentException unsupportedCurve(String curve, KeySource source) {
        return source.refuse("the key is on the curve " + curve + ", which is not supported. Use P-256 (ES256), P-384"
                + " (ES384), P-521 (ES512) or Ed25519 (EdDSA); for example: " + P_384.recipe);
    }

    private List<String> algorithmNames() {
        return List.of(algorithms.split(", ", -1));
    }

    private static @Nullable KeyKind find(@Nullable Key key, KeySource source) {
        if (key instanceof RSAKey rsa) {
            return rsa(rsa.getModulus().bitLength(), source);
        }
        if (key instanceof ECKey ec) {
            return ec(ec.getParams(), source);
        }
        if (key instanceof EdECKey edwards) {
            return edwards(edwards.getParams().getName(), source);
        }
        return null;
    }

    private static KeyKind rsa(int bits, KeySource source) {
        if (bits < FEWEST_RSA_BITS) {
            throw source.refuse("the RSA key has " + bits + " bits, but at least " + FEWEST_RSA_BITS
                    + " are needed. Make a new one with: " + RSA.recipe);
        }
        return RSA;
    }

    private static KeyKind ec(ECParameterSpec parameters, KeySource source) {
        Curve curve = Curve.forECParameterSpec(parameters);
        return Arrays.stream(values())
                .filter(kind -> curve != null && kind.label.equals(curve.getName()))
                .findFirst()
                .orElseThrow(() -> unsupportedCurve(
                        curve == null
                                ? "of " + parameters.getCurve().getField().getFieldSize() + " bits"
                                : curve.getName(),
                        source));
    }

    private static KeyKind edwards(String name, KeySource source) {
        if (!name.equals("Ed25519")) {
            throw unsupportedCurve(name, source);
        }
        return ED25519;
    }
}
