package dev.latchkey.internal.jose;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/** Finds the public part of a private key, where the JDK's classes allow it. */
final class PublicParts {

    private PublicParts() {}

    static @Nullable PublicKey of(PrivateKey key, KeyKind kind) {
        try {
            return switch (kind) {
                case RSA -> ofRsa(key);
                case P_256, P_384, P_521 -> ofEc(key);
                case ED25519 -> key instanceof EdECPrivateKey edwards ? Ed25519PublicPart.of(edwards) : null;
            };
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    /** Keys of a foreign provider as keys of the JDK, which the verifiers understand. */
    static PublicKey normal(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            return key;
        }
        try {
            return KeyFactory.getInstance(key.getAlgorithm()).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            return key;
        }
    }

    private static @Nullable PublicKey ofRsa(PrivateKey key) throws GeneralSecurityException {
        if (!(key instanceof RSAPrivateCrtKey crt)) {
            return null;
        }
        return generate("RSA", new RSAPublicKeySpec(crt.getModulus(), crt.getPublicExponent()));
    }

    private static @Nullable PublicKey ofEc(PrivateKey key) throws GeneralSecurityException {
        if (!(key instanceof ECPrivateKey ec)) {
            return null;
        }
        return generate("EC", new ECPublicKeySpec(EcPublicPoint.of(ec), ec.getParams()));
    }

    private static PublicKey generate(String algorithm, KeySpec spec) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePublic(spec);
    }
}
