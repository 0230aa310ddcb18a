package dev.latchkey.internal.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a JWS with a shared secret of any length. The signer of nimbus refuses secrets shorter than the hash, as
 * RFC 7518, section 3.2 asks for; servers hand such secrets out all the same.
 */
public final class HmacSigner {

    private final SecretKey key;

    private HmacSigner(SecretKey key) {
        this.key = key;
    }

    /** A signer for HS256, HS384 or HS512. */
    public static HmacSigner of(String algorithm, byte[] secret) {
        return new HmacSigner(new SecretKeySpec(secret, "HmacSHA" + algorithm.substring(2)));
    }

    /** A JWS in compact form. */
    public String sign(JwsHead head, Map<String, Object> claims) {
        String input = head.signingInput(claims);
        return JwsHead.joined(input, mac(input));
    }

    private byte[] mac(String input) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal(input.getBytes(US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java run-time has no " + key.getAlgorithm() + ".", e);
        }
    }
}
