package dev.latchkey.internal.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Makes keys, and writes them in every form in which a user may have one. */
public final class KeyForms {

    public static final String P_256 = "06082a8648ce3d030107";
    public static final String P_384 = "06052b81040022";
    public static final String SECP256K1 = "06052b8104000a";
    public static final String P_192 = "06082a8648ce3d030101";

    private static final byte[] VERSION_0 = Der.write(Der.INTEGER, new byte[] {0});
    private static final byte[] VERSION_1 = Der.write(Der.INTEGER, new byte[] {1});

    private KeyForms() {}

    public static KeyPair rsa(int bits) {
        return generate("RSA", bits, null);
    }

    public static KeyPair ec(String curve) {
        return generate("EC", 0, new ECGenParameterSpec(curve));
    }

    public static KeyPair ed25519() {
        return generate("Ed25519", 0, null);
    }

    private static KeyPair generate(String algorithm, int bits, AlgorithmParameterSpec spec) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits);
            }
            if (spec != null) {
                generator.initialize(spec);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate that the key signed itself, with nothing in it but what must be. */
    public static X509Certificate certificate(KeyPair pair) {
        byte[] algorithm = hex(
                switch (pair.getPrivate().getAlgorithm()) {
                    case "RSA" -> "300d06092a864886f70d01010b0500";
                    case "EC" -> "300a06082a8648ce3d040303";
                    default -> "300506032b6570";
                });
        byte[] name = hex("300f310d300b06035504030c0474657374");
        byte[] validity = Der.write(Der.SEQUENCE, time("260101000000Z"), time("360101000000Z"));
        byte[] body = Der.write(
                Der.SEQUENCE,
                hex("a003020102020101"),
                algorithm,
                name,
                validity,
                name,
                pair.getPublic().getEncoded());
        try {
            byte[] signature = Der.write(Der.BIT_STRING, new byte[] {0}, signature(pair, body));
            byte[] certificate = Der.write(Der.SEQUENCE, body, algorithm, signature);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] time(String text) {
        return Der.write(0x17, text.getBytes(US_ASCII));
    }

    private static byte[] signature(KeyPair pair, byte[] body) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(
                switch (pair.getPrivate().getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA384withECDSA";
                    default -> "Ed25519";
                });
        signer.initSign(pair.getPrivate());
        signer.update(body);
        return signer.sign();
    }

    public static String pem(String label, byte[] content) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    public static String pkcs8(PrivateKey key) {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    public static String pkcs1(PrivateKey key) {
        return pem("RSA PRIVATE KEY", inner(key));
    }

    /** As the JDK writes it inside PKCS#8: neither curve nor public point. */
    public static String sec1WithoutCurve(PrivateKey key) {
        return pem("EC PRIVATE KEY", inner(key));
    }

    public static String sec1(PrivateKey key, String curve) {
        byte[] secret = ((ECPrivateKey) key).getS().toByteArray();
        byte[] content = Der.write(
                Der.SEQUENCE, VERSION_1, Der.write(Der.OCTET_STRING, secret), Der.write(Der.CONTEXT_0, hex(curve)));
        return pem("EC PRIVATE KEY", content);
    }

    /** PKCS#8 of an EC key on any curve, or of any other kind of key, with random content. */
    public static String pkcs8Of(String algorithm, String parameters) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        byte[] key = Der.write(Der.SEQUENCE, VERSION_1, Der.write(Der.OCTET_STRING, secret));
        byte[] id = Der.write(Der.SEQUENCE, hex(algorithm), hex(parameters));
        return pem("PRIVATE KEY", Der.write(Der.SEQUENCE, VERSION_0, id, Der.write(Der.OCTET_STRING, key)));
    }

    /** Ed25519 with its public part, as RFC 8410, section 10.3 shows it. */
    public static String ed25519WithPublicPart(KeyPair pair, KeyPair partOf) {
        byte[] x509 = partOf.getPublic().getEncoded();
        byte[] bits = new byte[33];
        System.arraycopy(x509, x509.length - 32, bits, 1, 32);
        byte[] content = Der.write(
                Der.SEQUENCE,
                VERSION_1,
                hex("300506032b6570"),
                Der.write(Der.OCTET_STRING, inner(pair.getPrivate())),
                Der.write(0x81, bits));
        return pem("PRIVATE KEY", content);
    }

    /** PBES2 as OpenSSL writes it; {@code derivation} and {@code hash} and {@code cipher} are object identifiers. */
    public static String pbes2(PrivateKey key, char[] password, Map<String, String> changes) {
        byte[] salt = new byte[16];
        byte[] vector = new byte[16];
        new SecureRandom().nextBytes(salt);
        new SecureRandom().nextBytes(vector);
        byte[] derivation = Der.write(
                Der.SEQUENCE,
                hex(changes.getOrDefault("derivation", "06092a864886f70d01050c")),
                Der.write(
                        Der.SEQUENCE,
                        Der.write(Der.OCTET_STRING, salt),
                        hex(changes.getOrDefault("iterations", "02020800")),
                        hex(changes.getOrDefault("hash", "300c06082a864886f70d02090500"))));
        byte[] encryption = Der.write(
                Der.SEQUENCE,
                hex(changes.getOrDefault("cipher", "060960864801650304012a")),
                Der.write(Der.OCTET_STRING, vector));
        byte[] algorithm =
                Der.write(Der.SEQUENCE, hex("06092a864886f70d01050d"), Der.write(Der.SEQUENCE, derivation, encryption));
        byte[] encrypted = encrypt(key.getEncoded(), password, salt, vector);
        return pem("ENCRYPTED PRIVATE KEY", Der.write(Der.SEQUENCE, algorithm, Der.write(Der.OCTET_STRING, encrypted)));
    }

    /** Encrypted by the JDK alone, under one of its names for such schemes. */
    public static String encryptedByJdk(PrivateKey key, char[] password, String scheme) {
        try {
            SecretKey secret = SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(password));
            Cipher cipher = Cipher.getInstance(scheme);
            cipher.init(Cipher.ENCRYPT_MODE, secret);
            byte[] encrypted = cipher.doFinal(key.getEncoded());
            byte[] info = scheme.contains("Hmac")
                    ? pbes2Info(cipher.getParameters().getEncoded(), encrypted)
                    : new EncryptedPrivateKeyInfo(cipher.getParameters(), encrypted).getEncoded();
            return pem("ENCRYPTED PRIVATE KEY", info);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] pkcs12(char[] password, Map<String, KeyPair> keys) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Map.Entry<String, KeyPair> entry : keys.entrySet()) {
                Certificate[] chain = {certificate(entry.getValue())};
                store.setKeyEntry(entry.getKey(), entry.getValue().getPrivate(), password, chain);
            }
            store.setCertificateEntry("other", certificate(ec("secp256r1")));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password);
            return out.toByteArray();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] pbes2Info(byte[] parameters, byte[] encrypted) {
        byte[] algorithm = Der.write(Der.SEQUENCE, hex("06092a864886f70d01050d"), parameters);
        return Der.write(Der.SEQUENCE, algorithm, Der.write(Der.OCTET_STRING, encrypted));
    }

    private static byte[] encrypt(byte[] plain, char[] password, byte[] salt, byte[] vector) {
        try {
            PBEKeySpec spec = new PBEKeySpec(password, salt, 2048, 256);
            byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(vector));
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key inside PKCS#8. */
    private static byte[] inner(PrivateKey key) {
        try {
            Der.Cursor info = Der.read(key.getEncoded()).inside(Der.SEQUENCE);
            info.next();
            info.next();
            return info.next().content(Der.OCTET_STRING);
        } catch (Der.DerException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
