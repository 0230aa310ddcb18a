package dev.latchkey.internal.jose;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signature algorithm of JOSE as JCA has it: RFC 7518, sections 3.3 to 3.5, and RFC 8037, section 3.1.
 *
 * @param names what providers call it, the first one that is known counts
 * @param parameters of RSASSA-PSS: its salt is as long as the hash
 */
record JcaAlgorithm(List<String> names, @Nullable PSSParameterSpec parameters) {

    static JcaAlgorithm of(String algorithm) {
        String bits = algorithm.substring(2);
        return switch (algorithm.substring(0, 2)) {
            case "RS" -> new JcaAlgorithm(List.of("SHA" + bits + "withRSA"), null);
            case "PS" -> new JcaAlgorithm(List.of("RSASSA-PSS", "SHA" + bits + "withRSAandMGF1"), pss(bits));
            case "ES" -> new JcaAlgorithm(List.of("SHA" + bits + "withECDSA"), null);
            case "Ed" -> new JcaAlgorithm(List.of("Ed25519"), null);
            default -> throw new IllegalArgumentException(algorithm + " does not sign with a private key");
        };
    }

    private static PSSParameterSpec pss(String bits) {
        String hash = "SHA-" + bits;
        return new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(bits) / 8, 1);
    }

    /** A signature that is yet to be given its key, of this provider or of the one that the JDK chooses for the key. */
    Signature signature(@Nullable Provider provider) throws GeneralSecurityException {
        Signature signature = firstKnown(provider);
        if (parameters != null) {
            signature.setParameter(parameters);
        }
        return signature;
    }

    private Signature firstKnown(@Nullable Provider provider) throws NoSuchAlgorithmException {
        for (String name : names.subList(0, names.size() - 1)) {
            try {
                return named(name, provider);
            } catch (NoSuchAlgorithmException e) {
                // Others know it by the next name.
            }
        }
        return named(names.get(names.size() - 1), provider);
    }

    private static Signature named(String name, @Nullable Provider provider) throws NoSuchAlgorithmException {
        return provider == null ? Signature.getInstance(name) : Signature.getInstance(name, provider);
    }
}
