package dev.latchkey.clientauth;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateKeySpec;

/** Private keys that tell less of themselves than those of the JDK, as keys in hardware modules do. */
final class HiddenKeys {

    private HiddenKeys() {}

    /** A key that tells nothing but its algorithm. */
    static PrivateKey of(PrivateKey key) {
        return new Opaque(key.getAlgorithm());
    }

    /** A key without primes and public exponent. */
    static PrivateKey rsaWithoutPublicPart(KeyPair pair) {
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) pair.getPrivate();
        return rsa(key.getModulus(), key.getPrivateExponent());
    }

    /** A key that signs, but wrongly, as after a fault. */
    static PrivateKey faultyRsa(KeyPair pair) {
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) pair.getPrivate();
        return rsa(key.getModulus(), key.getPrivateExponent().subtract(BigInteger.TWO));
    }

    private static PrivateKey rsa(BigInteger modulus, BigInteger exponent) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new RSAPrivateKeySpec(modulus, exponent));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Opaque(String algorithm) implements PrivateKey {

        @Override
        public String getAlgorithm() {
            return algorithm;
        }

        @Override
        public String getFormat() {
            return null;
        }

        @Override
        public byte[] getEncoded() {
            return null;
        }
    }
}
