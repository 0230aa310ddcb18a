package dev.latchkey.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks the signature of a client assertion: the algorithm, the key that {@code kid} selects, the bytes. */
final class AssertionSignature {

    static final Set<String> ASYMMETRIC =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private static final Map<String, String> MACS =
            Map.of("HS256", "HmacSHA256", "HS384", "HmacSHA384", "HS512", "HmacSHA512");

    private static final int SMALLEST_RSA_KEY = 2048;

    private AssertionSignature() {}

    static void check(FakeClient client, Assertion assertion) {
        if (assertion.header().has("crit")) {
            throw Refusal.malformedCredential("The assertion's crit names extensions that are not known here");
        }
        String algorithm = assertion.headerText("alg").orElse("absent");
        if (!client.algorithms().contains(algorithm)) {
            throw Refusal.invalidClient("The assertion's alg is " + algorithm + ", but client " + client.clientId()
                    + " is registered for " + client.algorithms());
        }
        boolean valid = client.method() == AuthenticationMethod.CLIENT_SECRET_JWT
                ? isMac(client, assertion, algorithm)
                : isSignature(key(client, assertion, algorithm), assertion, algorithm);
        if (!valid) {
            throw Refusal.invalidClient("The assertion's signature does not fit the registered key");
        }
    }

    private static JWK key(FakeClient client, Assertion assertion, String algorithm) {
        JWK key = select(client, assertion.headerText("kid"));
        if (!fits(key, algorithm)) {
            throw Refusal.invalidClient(
                    "The key " + key.getKeyID() + " (" + key.getKeyType() + ") cannot be used with alg " + algorithm);
        }
        return key;
    }

    private static JWK select(FakeClient client, Optional<String> keyId) {
        List<JWK> keys = client.credential().keys();
        if (keyId.isEmpty()) {
            return onlyKey(client, keys);
        }
        List<JWK> named = client.credential().named(keyId.get());
        if (named.size() != 1) {
            throw Refusal.invalidClient("The assertion's kid " + keyId.get() + " names " + named.size()
                    + " of the registered keys, it must name one");
        }
        return named.get(0);
    }

    private static JWK onlyKey(FakeClient client, List<JWK> keys) {
        if (client.credential().kidRequired() || keys.size() != 1) {
            throw Refusal.invalidClient("The assertion has no kid, which client " + client.clientId() + " with "
                    + keys.size() + " registered keys must send");
        }
        return keys.get(0);
    }

    private static boolean fits(JWK key, String algorithm) {
        if (key.getAlgorithm() != null && !key.getAlgorithm().getName().equals(algorithm)) {
            return false;
        }
        if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE)) {
            return false;
        }
        return switch (algorithm.substring(0, 2)) {
            case "RS", "PS" -> key instanceof RSAKey rsa && rsa.size() >= SMALLEST_RSA_KEY;
            case "ES" -> key instanceof ECKey ec && ec.getCurve().equals(curve(algorithm));
            default -> key instanceof OctetKeyPair okp && okp.getCurve().equals(Curve.Ed25519);
        };
    }

    private static Curve curve(String algorithm) {
        return switch (algorithm) {
            case "ES256" -> Curve.P_256;
            case "ES384" -> Curve.P_384;
            default -> Curve.P_521;
        };
    }

    private static boolean isSignature(JWK key, Assertion assertion, String algorithm) {
        try {
            return key instanceof OctetKeyPair okp
                    ? isEdDsa(okp, assertion)
                    : verifier(key)
                            .verify(
                                    new JWSHeader(JWSAlgorithm.parse(algorithm)),
                                    assertion.signingInput().toByteArray(),
                                    Base64URL.encode(assertion.signature().toByteArray()));
        } catch (JOSEException | GeneralSecurityException | ParseException e) {
            return false;
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return key instanceof RSAKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier(key.toECKey());
    }

    /** By the JDK, because nimbus wants a further library for Ed25519. */
    private static boolean isEdDsa(OctetKeyPair key, Assertion assertion)
            throws GeneralSecurityException, ParseException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(ed25519(key.getDecodedX()));
        signature.update(assertion.signingInput().toByteArray());
        return signature.verify(assertion.signature().toByteArray());
    }

    /** RFC 8032, section 5.1.2: y in little endian, its highest bit tells which x. */
    private static PublicKey ed25519(byte[] encoded) throws GeneralSecurityException {
        byte[] bigEndian = new byte[encoded.length];
        for (int i = 0; i < encoded.length; i++) {
            bigEndian[i] = encoded[encoded.length - 1 - i];
        }
        boolean odd = bigEndian[0] < 0;
        bigEndian[0] &= 0x7f;
        EdECPoint point = new EdECPoint(odd, new BigInteger(1, bigEndian));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }

    /** By the JDK, because nimbus refuses secrets shorter than the hash. */
    private static boolean isMac(FakeClient client, Assertion assertion, String algorithm) {
        try {
            Mac mac = Mac.getInstance(MACS.getOrDefault(algorithm, "unknown"));
            byte[] secret = client.credential().secret().getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(secret, mac.getAlgorithm()));
            byte[] expected = mac.doFinal(assertion.signingInput().toByteArray());
            return MessageDigest.isEqual(expected, assertion.signature().toByteArray());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
