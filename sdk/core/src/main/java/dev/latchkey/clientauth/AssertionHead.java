package dev.latchkey.clientauth;

import dev.latchkey.internal.jose.JwsHead;
import dev.latchkey.internal.jose.KeyMaterial;
import java.util.LinkedHashMap;
import java.util.Map;

/** The header of an assertion: the same for all assertions of one key and one profile. */
final class AssertionHead {

    private AssertionHead() {}

    static JwsHead ofSecret(JwsAlgorithm algorithm, AssertionProfile profile) {
        return JwsHead.of(members(algorithm, profile));
    }

    static JwsHead ofKey(SigningKey key, AssertionProfile profile) {
        Map<String, Object> members = members(key.algorithm(), profile);
        key.keyId().ifPresent(keyId -> members.put("kid", keyId));
        profile.jwksUrl().ifPresent(url -> members.put("jku", url.toString()));
        if (profile.hasCertificateThumbprint()) {
            members.put("x5t#S256", thumbprint(key));
        }
        return JwsHead.of(members);
    }

    private static Map<String, Object> members(JwsAlgorithm algorithm, AssertionProfile profile) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("alg", algorithm.registeredName());
        members.put("typ", profile.type());
        return members;
    }

    private static String thumbprint(SigningKey key) {
        return key.certificate()
                .map(KeyMaterial::thumbprint)
                .orElseThrow(() -> new IllegalStateException(
                        "signingKey " + key + " has no certificate for x5t#S256. Add withCertificate(…)."));
    }
}
