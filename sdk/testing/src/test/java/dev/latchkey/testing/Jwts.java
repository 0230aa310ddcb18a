package dev.latchkey.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Assertions made by hand, so that each can be wrong in exactly one place. Mutable. */
final class Jwts {

    final Map<String, Object> header = new LinkedHashMap<>();
    final Map<String, Object> claims = new LinkedHashMap<>();

    static Jwts minimal(String clientId, String audience, Instant now) {
        Jwts jwt = new Jwts();
        jwt.header.put("typ", "JWT");
        jwt.claims.put("iss", clientId);
        jwt.claims.put("sub", clientId);
        jwt.claims.put("aud", audience);
        jwt.claims.put("iat", now.getEpochSecond());
        jwt.claims.put("exp", now.getEpochSecond() + 60);
        jwt.claims.put("jti", UUID.randomUUID().toString());
        return jwt;
    }

    Jwts header(String name, Object value) {
        header.put(name, value);
        return this;
    }

    Jwts claim(String name, Object value) {
        claims.put(name, value);
        return this;
    }

    Jwts without(String name) {
        claims.remove(name);
        header.remove(name);
        return this;
    }

    /** Signed with the key, whose id goes into the header. */
    String sign(JWK key, String algorithm) {
        header.putIfAbsent("kid", key.getKeyID());
        return signAnonymously(key, algorithm);
    }

    String signAnonymously(JWK key, String algorithm) {
        header.put("alg", algorithm);
        String input = input();
        try {
            JWSSigner signer = key instanceof RSAKey rsa
                    ? new RSASSASigner(rsa.toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance()))
                    : new ECDSASigner((ECKey) key);
            JWSHeader jws = new JWSHeader(JWSAlgorithm.parse(algorithm));
            return input + "." + signer.sign(jws, input.getBytes(StandardCharsets.US_ASCII));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String signEdDsa(String keyId, PrivateKey key) {
        header.put("alg", "EdDSA");
        header.put("kid", keyId);
        String input = input();
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String mac(String secret, String algorithm) {
        header.put("alg", algorithm);
        String input = input();
        try {
            Mac mac = Mac.getInstance("HmacSHA" + algorithm.substring(2));
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            return input + "." + Base64URL.encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String input() {
        return part(header) + "." + part(claims);
    }

    private static String part(Map<String, Object> members) {
        return Base64URL.encode(JSONObjectUtils.toJSONString(members)).toString();
    }
}
