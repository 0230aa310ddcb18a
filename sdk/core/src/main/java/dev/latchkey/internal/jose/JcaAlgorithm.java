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
 * @param names what providers call it; the first one that is known counts
 * @param bits of its hash
 */
record JcaAlgorithm(List<String> names, String bits) {
    private static final String PSS = "RSASSA-PSS";

    static JcaAlgorithm of(String algorithm) {
        String bits = algorithm.substring(2);
        return new JcaAlgorithm(
                switch (algorithm.substring(0, 2)) {
                    case "RS" -> List.of("SHA" + bits + "withRSA");
                    case "PS" -> List.of(PSS, "SHA" + bits + "withRSAandMGF1", "SHA" + bits + "withRSA/PSS");
                    case "ES" -> List.of("SHA" + bits + "withECDSA");
                    case "Ed" -> List.of("Ed25519");
                    default -> throw new IllegalArgumentException(algorithm + " does not sign with a private key");
                },
                bits);
    }

    /**
     * A signature that is yet to be given its key, of this provider or of one that the JDK chooses: for RSASSA-PSS the first one
     * there is, otherwise by the key.
     */
    Signature signature(@Nullable Provider provider) throws GeneralSecurityException {
        for (String name : names.subList(0, names.size() - 1)) {
            try {
                return named(name, provider);
            } catch (NoSuchAlgorithmException e) {
                // Others know it by the next name.
            }
        }
        return named(names.get(names.size() - 1), provider);
    }

    private Signature named(String name, @Nullable Provider provider) throws GeneralSecurityException {
        Signature signature = provider == null ? Signature.getInstance(name) : Signature.getInstance(name, provider);
        if (name.equals(PSS)) {
            signature.setParameter(pss());
        }
        return signature;
    }

    /** What the other names stand for: one hash for all, and a salt as long as it. */
    private PSSParameterSpec pss() {
        String hash = "SHA-" + bits;
        return new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(bits) / 8, 1);
    }
}
