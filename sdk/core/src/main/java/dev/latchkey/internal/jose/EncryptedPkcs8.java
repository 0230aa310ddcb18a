package dev.latchkey.internal.jose;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts PKCS#8 (RFC 8018). The JDK's own reader names the algorithm of PBES2 differently from release to release and
 * knows ASCII passwords only, so the parameters are read here; the work is done by the JDK's PBKDF2 and ciphers.
 */
final class EncryptedPkcs8 {

    private static final String PBES2 = "1.2.840.113549.1.5.13";
    private static final String PBKDF2 = "1.2.840.113549.1.5.12";
    private static final String SCRYPT = "1.3.6.1.4.1.11591.4.11";
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final String CURE =
            "Encrypt it anew with: openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256"
                    + " -in old.pem -out private_key.pem";

    private static final Map<String, String> HASHES = Map.of(
            "1.2.840.113549.2.7", "SHA1",
            "1.2.840.113549.2.8", "SHA224",
            "1.2.840.113549.2.9", "SHA256",
            "1.2.840.113549.2.10", "SHA384",
            "1.2.840.113549.2.11", "SHA512");

    private static final Map<String, Integer> AES_OCTETS = Map.of(
            "2.16.840.1.101.3.4.1.2", 16,
            "2.16.840.1.101.3.4.1.22", 24,
            "2.16.840.1.101.3.4.1.42", 32);

    private final KeySource source;
    private final char @Nullable [] password;

    EncryptedPkcs8(KeySource source, char @Nullable [] password) {
        this.source = source;
        this.password = password;
    }

    byte[] decrypt(byte[] octets) {
        char[] secret = password;
        if (secret == null) {
            throw source.refuse("the private key is encrypted, and no password was given. Pass it as second argument:"
                    + " SigningKey.read(file, password).");
        }
        try {
            return decrypt(octets, secret);
        } catch (Der.DerException | IOException e) {
            throw source.refuse("the encrypted private key is damaged. Copy the file again.");
        } catch (GeneralSecurityException e) {
            throw wrongPassword();
        }
    }

    /** Only the padding tells a wrong password, and now and then not even that. */
    private IllegalArgumentException wrongPassword() {
        return source.refuse("the password does not open the private key. Check it for a line break at its end, or"
                + " whether it belongs to another file.");
    }

    private byte[] decrypt(byte[] octets, char[] secret)
            throws Der.DerException, IOException, GeneralSecurityException {
        Der.Cursor outer = Der.read(octets).inside(Der.SEQUENCE);
        Der.Cursor algorithm = outer.next().inside(Der.SEQUENCE);
        byte[] encrypted = outer.next().content(Der.OCTET_STRING);
        byte[] plain = algorithm.next().objectId().equals(PBES2)
                ? pbes2(algorithm.next().inside(Der.SEQUENCE), encrypted, secret)
                : pbes1(octets, secret);
        if (!looksLikeKey(plain)) {
            throw wrongPassword();
        }
        return plain;
    }

    private byte[] pbes2(Der.Cursor parameters, byte[] encrypted, char[] secret)
            throws Der.DerException, GeneralSecurityException {
        Der.Cursor derivation = parameters.next().inside(Der.SEQUENCE);
        Der.Cursor encryption = parameters.next().inside(Der.SEQUENCE);
        requirePbkdf2(derivation.next().objectId());
        Integer keyOctets = AES_OCTETS.get(encryption.next().objectId());
        if (keyOctets == null) {
            throw source.refuse("the private key is encrypted with another cipher than AES-CBC, which is not"
                    + " supported. " + CURE);
        }
        AlgorithmParameterSpec vector = new IvParameterSpec(encryption.next().content(Der.OCTET_STRING));
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, key(derivation.next().inside(Der.SEQUENCE), keyOctets, secret), vector);
        return cipher.doFinal(encrypted);
    }

    private void requirePbkdf2(String derivation) {
        if (derivation.equals(SCRYPT)) {
            throw source.refuse("the private key is encrypted with scrypt, which Java does not have. " + CURE);
        }
        if (!derivation.equals(PBKDF2)) {
            throw source.refuse("the private key is encrypted with a key derivation that is not supported. " + CURE);
        }
    }

    private SecretKey key(Der.Cursor derivation, int octets, char[] secret)
            throws Der.DerException, GeneralSecurityException {
        byte[] salt = derivation.next().content(Der.OCTET_STRING);
        int iterations = derivation.next().smallInteger();
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw new Der.DerException();
        }
        PBEKeySpec spec = new PBEKeySpec(secret, salt, iterations, octets * 8);
        try {
            byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmac" + hash(derivation))
                    .generateSecret(spec)
                    .getEncoded();
            return new SecretKeySpec(key, "AES");
        } finally {
            spec.clearPassword();
        }
    }

    /** The hash stands last, after a length that may be missing; SHA-1 if it is missing itself. */
    private String hash(Der.Cursor derivation) throws Der.DerException {
        String id = "1.2.840.113549.2.7";
        while (derivation.hasNext()) {
            Der element = derivation.next();
            if (element.is(Der.SEQUENCE)) {
                id = element.inside(Der.SEQUENCE).next().objectId();
            }
        }
        String hash = HASHES.get(id);
        if (hash == null) {
            throw source.refuse("the private key is encrypted with a hash that is not supported. " + CURE);
        }
        return hash;
    }

    /** The older schemes, such as SHA-1 with Triple DES, which the JDK knows by their names. */
    private byte[] pbes1(byte[] octets, char[] secret) throws IOException, GeneralSecurityException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(octets);
        PBEKeySpec spec = new PBEKeySpec(secret);
        try {
            Cipher cipher = cipher(info.getAlgName());
            SecretKey key = SecretKeyFactory.getInstance(info.getAlgName()).generateSecret(spec);
            cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
            return cipher.doFinal(info.getEncryptedData());
        } finally {
            spec.clearPassword();
        }
    }

    private Cipher cipher(String name) {
        try {
            return Cipher.getInstance(name);
        } catch (GeneralSecurityException e) {
            throw source.refuse("the private key is encrypted in a way that this Java run-time does not know. " + CURE);
        }
    }

    private static boolean looksLikeKey(byte[] plain) {
        try {
            return Arrays.equals(Der.read(plain).encoded(), plain);
        } catch (Der.DerException e) {
            return false;
        }
    }
}
