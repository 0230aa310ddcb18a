package dev.latchkey.internal.jose;

import java.util.Map;
import java.util.Set;

/** The curves of EC keys, by object identifier, so that an unusable one can be called by its name. */
final class Curves {

    private static final Set<String> SUPPORTED = Set.of("1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35");

    private static final Map<String, String> OTHERS = Map.of(
            "1.3.132.0.10", "secp256k1",
            "1.2.840.10045.3.1.1", "P-192",
            "1.3.132.0.33", "P-224",
            "1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1",
            "1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1",
            "1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1");

    private Curves() {}

    static void requireSupported(Der parameters, KeySource source) throws Der.DerException {
        if (!parameters.is(Der.OBJECT_ID)) {
            throw source.refuse("the EC key describes its curve by explicit parameters. Name the curve instead:"
                    + " openssl ec -in old.pem -param_enc named_curve -out private_key.pem");
        }
        String id = parameters.objectId();
        if (!SUPPORTED.contains(id)) {
            throw KeyKind.unsupportedCurve(OTHERS.getOrDefault(id, id), source);
        }
    }
}
