package dev.latchkey.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Signs ID tokens with RS256 (OpenID Connect Core, section 2), well or as wrong as a test wants them. */
final class IdTokens {

    private final SigningKeys keys;

    /** An empty value leaves the claim out. */
    private final Map<String, Optional<Object>> overrides = new ConcurrentHashMap<>();

    private volatile boolean corrupt;

    IdTokens(SigningKeys keys) {
        this.keys = keys;
    }

    void override(String claim, @Nullable Object value) {
        overrides.put(claim, Optional.ofNullable(value));
    }

    void corrupt(boolean wrong) {
        corrupt = wrong;
    }

    /** From now on they are right. */
    void recover() {
        overrides.clear();
        corrupt = false;
    }

    /** A claim with an empty text is left out. */
    String sign(Map<String, Object> claims) {
        Map<String, Object> all = new LinkedHashMap<>(claims);
        overrides.forEach((claim, value) -> all.put(claim, value.orElse("")));
        all.values().removeIf(""::equals);
        String token = signed(keys.present(), all);
        return corrupt ? corrupted(token) : token;
    }

    private static String signed(RSAKey key, Map<String, Object> claims) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(key.getKeyID())
                .type(JOSEObjectType.JWT)
                .build();
        JWSObject token = new JWSObject(header, new Payload(claims));
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("The ID token cannot be signed", e);
        }
        return token.serialize();
    }

    /** The first byte of the signature changes. */
    private static String corrupted(String token) {
        int dot = token.lastIndexOf('.') + 1;
        char other = token.charAt(dot) == 'A' ? 'B' : 'A';
        return token.substring(0, dot) + other + token.substring(dot + 1);
    }

    /** The claim {@code at_hash}: the left half of the access token's hash (OpenID Connect Core, section 3.1.3.6). */
    static String accessTokenHash(String accessToken) {
        byte[] hash = ByteString.of(accessToken.getBytes(StandardCharsets.US_ASCII))
                .sha256()
                .toByteArray();
        return Base64URL.encode(Arrays.copyOf(hash, hash.length / 2)).toString();
    }
}
