package dev.latchkey.internal.jose;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;

/**
 * A JWE in compact form (RFC 7516, section 7.1) that was made with a shared key: {@code alg} is {@code dir}, {@code enc} is
 * {@code A256GCM}. Each octets have one spelling only: whatever {@link #encrypt} would not have written is refused.
 */
public final class Jwe {
    private static final int IV_OCTETS = 12;
    private static final int TAG_OCTETS = 16;

    private final JWEObject object;

    private Jwe(JWEObject object) {
        this.object = object;
    }

    /** {@return the payload under that key, with a fresh random initialisation vector} */
    public static String encrypt(String keyId, SecretKey key, byte[] payload) {
        JWEHeader header = new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                .keyID(keyId)
                .build();
        JWEObject object = new JWEObject(header, new Payload(payload));
        try {
            object.encrypt(new DirectEncrypter(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("This Java run-time cannot encrypt with AES-256 in GCM mode.", e);
        }
        return object.serialize();
    }

    /**
     * Reads the parts of a text, and believes none of them yet.
     *
     * @throws JweException if it is not of that form
     */
    public static Jwe parse(String text) throws JweException {
        try {
            JWEObject object = JWEObject.parse(text);
            if (!isOurs(object) || !text.equals(object.serialize())) {
                throw new JweException();
            }
            return new Jwe(object);
        } catch (ParseException | RuntimeException e) {
            // Without the cause: parsers quote what they read.
            throw new JweException();
        }
    }

    private static boolean isOurs(JWEObject object) {
        JWEHeader header = object.getHeader();
        return JWEAlgorithm.DIR.equals(header.getAlgorithm())
                && EncryptionMethod.A256GCM.equals(header.getEncryptionMethod())
                && header.getCompressionAlgorithm() == null
                && object.getEncryptedKey() == null
                && object.getIV().decode().length == IV_OCTETS
                && object.getAuthTag().decode().length == TAG_OCTETS
                && Stream.of(object.getIV(), object.getCipherText(), object.getAuthTag())
                        .allMatch(Jwe::isCanonical);
    }

    /** The last character has bits to spare, and decoders skip what is not of their alphabet. */
    private static boolean isCanonical(Base64URL part) {
        return Base64URL.encode(part.decode()).equals(part);
    }

    /** {@return the name of the key as the text has it; nobody vouches for it before {@link #decrypt}} */
    public Optional<String> keyId() {
        return Optional.ofNullable(object.getHeader().getKeyID());
    }

    /**
     * Checks and decrypts. Once for one object.
     *
     * @return the payload
     * @throws JweException if the text was changed, or was made with another key
     */
    public byte[] decrypt(SecretKey key) throws JweException {
        try {
            object.decrypt(new DirectDecrypter(key));
            return object.getPayload().toBytes();
        } catch (JOSEException | RuntimeException e) {
            throw new JweException();
        }
    }
}
