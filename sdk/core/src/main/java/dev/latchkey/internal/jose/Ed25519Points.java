package dev.latchkey.internal.jose;

import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 public keys as their 32 octets of RFC 8032, section 5.1.5, which end the key's X.509 form. */
final class Ed25519Points {

    static final int OCTETS = 32;

    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519Points() {}

    static Base64URL encode(EdECPublicKey key) {
        byte[] x509 = key.getEncoded();
        return Base64URL.encode(Arrays.copyOfRange(x509, x509.length - OCTETS, x509.length));
    }

    static PublicKey decode(byte[] point) throws Der.DerException {
        if (point.length != OCTETS) {
            throw new Der.DerException();
        }
        byte[] x509 = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + OCTETS);
        System.arraycopy(point, 0, x509, X509_PREFIX.length, OCTETS);
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
        } catch (GeneralSecurityException e) {
            throw new Der.DerException();
        }
    }
}
