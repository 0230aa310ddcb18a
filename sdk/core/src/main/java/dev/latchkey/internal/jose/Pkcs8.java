package dev.latchkey.internal.jose;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns PKCS#8 (RFC 5958), and the older forms that can be wrapped into it, into keys. */
final class Pkcs8 {

    private static final String RSA_ID = "1.2.840.113549.1.1.1";
    private static final String EC_ID = "1.2.840.10045.2.1";
    private static final String ED25519_ID = "1.3.101.112";
    private static final int PUBLIC_PART = 0x81;

    private static final byte[] VERSION_0 = Der.write(Der.INTEGER, new byte[] {0});
    private static final byte[] RSA_ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC_OBJECT_ID = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final Map<String, String> OTHER_KINDS = Map.of(
            "1.2.840.113549.1.1.10", "RSASSA-PSS",
            "1.2.840.10040.4.1", "DSA",
            "1.3.101.110", "X25519",
            "1.3.101.111", "X448",
            "1.3.101.113", "Ed448");

    private final KeySource source;

    Pkcs8(KeySource source) {
        this.source = source;
    }

    KeyMaterial read(byte[] octets) {
        try {
            return readInfo(octets);
        } catch (Der.DerException e) {
            throw damaged();
        }
    }

    /** {@code RSA PRIVATE KEY}: RFC 8017, appendix A.1.2. */
    KeyMaterial readPkcs1(byte[] octets) {
        return read(wrap(RSA_ALGORITHM, octets));
    }

    /** {@code EC PRIVATE KEY}: RFC 5915. The curve stands inside, or in a block of its own before it. */
    KeyMaterial readSec1(byte[] octets, byte @Nullable [] parameters) {
        try {
            byte[] curve = curve(octets, parameters);
            return read(wrap(Der.write(Der.SEQUENCE, EC_OBJECT_ID, curve), octets));
        } catch (Der.DerException e) {
            throw damaged();
        }
    }

    private KeyMaterial readInfo(byte[] octets) throws Der.DerException {
        Der.Cursor info = Der.read(octets).inside(Der.SEQUENCE);
        info.next();
        Der algorithm = info.next();
        Der key = info.next();
        String kind = factoryName(algorithm.inside(Der.SEQUENCE));
        // Written anew without what may follow, which the JDK does not read in all its versions.
        byte[] plain = wrap(algorithm.encoded(), key.content(Der.OCTET_STRING));
        PublicKey publicKey = kind.equals("Ed25519") ? edwardsPublicPart(info) : null;
        return KeyMaterial.of(privateKey(kind, plain), publicKey, source);
    }

    private PrivateKey privateKey(String kind, byte[] plain) {
        try {
            return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(plain));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw damaged();
        }
    }

    private IllegalArgumentException damaged() {
        return source.refuse("the private key is damaged: its content is not what the first line says. Copy the file"
                + " again, or make a new key.");
    }

    private String factoryName(Der.Cursor algorithm) throws Der.DerException {
        String id = algorithm.next().objectId();
        if (id.equals(EC_ID)) {
            Curves.requireSupported(algorithm.next(), source);
        }
        return switch (id) {
            case RSA_ID -> "RSA";
            case EC_ID -> "EC";
            case ED25519_ID -> "Ed25519";
            default ->
                throw source.refuse("it holds a key of the kind " + OTHER_KINDS.getOrDefault(id, id)
                        + ", which is not supported. Use RSA, EC (P-256, P-384, P-521) or Ed25519; for example:"
                        + " openssl ecparam -name secp384r1 -genkey -noout -out private_key.pem");
        };
    }

    private static @Nullable PublicKey edwardsPublicPart(Der.Cursor rest) throws Der.DerException {
        while (rest.hasNext()) {
            Der element = rest.next();
            if (element.is(PUBLIC_PART)) {
                byte[] bits = element.content(PUBLIC_PART);
                return Ed25519Points.decode(Arrays.copyOfRange(bits, 1, bits.length));
            }
        }
        return null;
    }

    private static byte[] curve(byte[] octets, byte @Nullable [] parameters) throws Der.DerException {
        Der.Cursor key = Der.read(octets).inside(Der.SEQUENCE);
        while (key.hasNext()) {
            Der element = key.next();
            if (element.is(Der.CONTEXT_0)) {
                return element.content(Der.CONTEXT_0);
            }
        }
        if (parameters == null) {
            throw new Der.DerException();
        }
        return parameters;
    }

    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return Der.write(Der.SEQUENCE, VERSION_0, algorithm, Der.write(Der.OCTET_STRING, key));
    }
}
