package dev.latchkey.internal.jose;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes public keys as JWK and JWK set. It starts from the public part alone, so no private member can slip in. */
public final class PublicJwks {

    private PublicJwks() {}

    /** One key. */
    public static String jwk(KeyMaterial material, String algorithm) {
        PublicKey key = material.publicKey();
        if (key == null) {
            throw new IllegalStateException(
                    "The public part of this " + material.kind().label() + " key is not known."
                            + " Give it with SigningKey.of(KeyPair) or withCertificate(…), or read the key from a file that"
                            + " holds it, such as a JWK.");
        }
        return jwk(material, key, JWSAlgorithm.parse(algorithm)).toJSONString();
    }

    /** Several keys, each already written. */
    public static String set(List<String> jwks) {
        return "{\"keys\":[" + String.join(",", jwks) + "]}";
    }

    private static JWK jwk(KeyMaterial material, PublicKey key, JWSAlgorithm algorithm) {
        Base64URL thumbprint = thumbprint(material.certificate());
        return switch (material.kind()) {
            case RSA ->
                new RSAKey.Builder((RSAPublicKey) key)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(algorithm)
                        .keyID(material.keyId())
                        .x509CertSHA256Thumbprint(thumbprint)
                        .build();
            case P_256, P_384, P_521 ->
                new ECKey.Builder(material.kind().curve(), (ECPublicKey) key)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(algorithm)
                        .keyID(material.keyId())
                        .x509CertSHA256Thumbprint(thumbprint)
                        .build();
            case ED25519 ->
                new OctetKeyPair.Builder(Curve.Ed25519, Ed25519Points.encode((EdECPublicKey) key))
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(algorithm)
                        .keyID(material.keyId())
                        .x509CertSHA256Thumbprint(thumbprint)
                        .build();
        };
    }

    private static @Nullable Base64URL thumbprint(@Nullable X509Certificate certificate) {
        return certificate == null ? null : new Base64URL(KeyMaterial.thumbprint(certificate));
    }
}
