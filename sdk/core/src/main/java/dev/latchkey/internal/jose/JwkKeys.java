package dev.latchkey.internal.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads private keys from a JWK or a JWK set (RFC 7517). */
final class JwkKeys {

    private static final Set<String> CURVES = Set.of("P-256", "P-384", "P-521", "Ed25519");

    private final KeySource source;

    private JwkKeys(KeySource source) {
        this.source = source;
    }

    static List<KeyMaterial> read(String text, KeySource source) {
        JwkKeys reader = new JwkKeys(source);
        Map<String, Object> json = reader.json(text);
        return json.containsKey("keys") ? reader.set(json) : List.of(reader.single(json));
    }

    private Map<String, Object> json(String text) {
        try {
            return JSONObjectUtils.parse(text);
        } catch (ParseException e) {
            throw source.refuse("it starts like a JWK, but is not valid JSON. Copy it again, in full.");
        }
    }

    private List<KeyMaterial> set(Map<String, Object> json) {
        List<Map<String, Object>> candidates = signing(json);
        if (candidates.isEmpty()) {
            throw source.refuse("the JWK set holds no private key that signs. Use the set that was made for the client"
                    + " itself, not the one that is registered at the server.");
        }
        return candidates.stream().map(this::key).toList();
    }

    private List<Map<String, Object>> signing(Map<String, Object> json) {
        try {
            Map<String, Object>[] keys = JSONObjectUtils.getJSONObjectArray(json, "keys");
            return keys == null
                    ? List.of()
                    : List.of(keys).stream().filter(JwkKeys::signs).toList();
        } catch (ParseException e) {
            throw source.refuse("the member \"keys\" of the JWK set is not a list of keys. Copy it again, in full.");
        }
    }

    private static boolean signs(Map<String, Object> json) {
        return json.containsKey("d") && !"enc".equals(json.get("use"));
    }

    private KeyMaterial single(Map<String, Object> json) {
        if ("oct".equals(json.get("kty"))) {
            throw source.refuse("the JWK is a shared secret (kty oct), not a private key. Use"
                    + " ClientSecretJwt.of(secret), or a JWK of the kind RSA, EC or OKP.");
        }
        if (!json.containsKey("d")) {
            throw source.refuse(
                    "the JWK holds a public key, but a private key signs. Use the JWK that has the member \"d\".");
        }
        if (!signs(json)) {
            throw source.refuse("the JWK is for encryption (use enc). Use the one that is for signing (use sig).");
        }
        return key(json);
    }

    private KeyMaterial key(Map<String, Object> json) {
        requireSupportedCurve(json.get("crv"));
        JWK jwk = jwk(json);
        KeyPair pair = pair(jwk);
        return labelled(KeyMaterial.of(pair.getPrivate(), pair.getPublic(), source), jwk);
    }

    private JWK jwk(Map<String, Object> json) {
        try {
            return JWK.parse(json);
        } catch (ParseException | RuntimeException e) {
            throw damaged();
        }
    }

    private KeyPair pair(JWK jwk) {
        try {
            return decoded(jwk);
        } catch (JOSEException | GeneralSecurityException | Der.DerException | RuntimeException e) {
            throw damaged();
        }
    }

    private IllegalArgumentException damaged() {
        return source.refuse("the JWK is damaged or lacks a member. Copy it again, in full.");
    }

    private void requireSupportedCurve(@Nullable Object curve) {
        if (curve != null && !CURVES.contains(curve)) {
            throw KeyKind.unsupportedCurve(Printable.of(curve.toString()), source);
        }
    }

    private static KeyPair decoded(JWK jwk) throws JOSEException, GeneralSecurityException, Der.DerException {
        if (jwk instanceof OctetKeyPair edwards) {
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            PrivateKey key =
                    factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, edwards.getDecodedD()));
            return new KeyPair(Ed25519Points.decode(edwards.getDecodedX()), key);
        }
        return jwk instanceof RSAKey rsa ? rsa.toKeyPair() : jwk.toECKey().toKeyPair();
    }

    private KeyMaterial labelled(KeyMaterial key, JWK jwk) {
        KeyMaterial named = withAlgorithm(withKeyId(key, jwk.getKeyID()), jwk);
        List<X509Certificate> chain = jwk.getParsedX509CertChain();
        return chain == null || chain.isEmpty() ? named : named.withCertificate(chain.get(0));
    }

    private static KeyMaterial withKeyId(KeyMaterial key, @Nullable String keyId) {
        return keyId == null || keyId.isBlank() ? key : key.withKeyId(keyId);
    }

    private KeyMaterial withAlgorithm(KeyMaterial key, JWK jwk) {
        if (jwk.getAlgorithm() == null) {
            return key;
        }
        String algorithm = jwk.getAlgorithm().getName();
        if (!key.kind().signs(algorithm)) {
            throw source.refuse("the member \"alg\" of the JWK is " + Printable.of(algorithm) + ", which a key of the"
                    + " kind " + key.kind().label() + " does not sign. Correct or remove the member.");
        }
        return key.withAlgorithm(algorithm);
    }
}
