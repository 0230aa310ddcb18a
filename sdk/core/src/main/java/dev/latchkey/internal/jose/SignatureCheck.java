package dev.latchkey.internal.jose;

import com.nimbusds.jose.JOSEException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a signature with the public part of its own key. A signature that a fault has spoilt can give an RSA key
 * away, and one of a wrong pair would only be refused by the server, without a reason.
 */
final class SignatureCheck {

    private final String algorithm;
    private final PublicKey key;

    private SignatureCheck(String algorithm, PublicKey key) {
        this.algorithm = algorithm;
        this.key = key;
    }

    static @Nullable SignatureCheck of(String algorithm, KeyMaterial material) {
        PublicKey key = material.publicKey();
        return key == null ? null : new SignatureCheck(algorithm, key);
    }

    void verify(byte[] input, byte[] signature) {
        if (!holds(input, signature)) {
            throw new IllegalStateException("The signature made with the private key (" + algorithm
                    + ") does not verify with its public part, so it was not sent. Either the two do not belong"
                    + " together (compare the key file with the registered public key or certificate), or the signer"
                    + " uses another algorithm, or its hardware or provider is faulty.");
        }
    }

    private boolean holds(byte[] input, byte[] signature) {
        try {
            Signature verifier = JcaAlgorithm.of(algorithm).signature(null);
            verifier.initVerify(key);
            verifier.update(input);
            return verifier.verify(EcdsaForm.jcaForm(algorithm, signature));
        } catch (JOSEException | GeneralSecurityException e) {
            return false;
        }
    }
}
