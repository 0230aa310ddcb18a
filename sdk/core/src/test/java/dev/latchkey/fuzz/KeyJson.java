package dev.latchkey.fuzz;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/** Key pairs as JWK and JWK set. */
final class KeyJson {
    private KeyJson() {}

    static List<String> of(KeyPair ec, KeyPair rsa) {
        JWK curve = new ECKey.Builder(Curve.P_256, (ECPublicKey) ec.getPublic())
                .privateKey(ec.getPrivate())
                .keyID("one")
                .build();
        JWK numbers = new RSAKey.Builder((RSAPublicKey) rsa.getPublic())
                .privateKey(rsa.getPrivate())
                .keyID("two")
                .build();
        return List.of(
                curve.toJSONString(),
                numbers.toJSONString(),
                new JWKSet(List.of(curve, numbers)).toString(false),
                new JWKSet(List.of(curve, numbers)).toString(true));
    }
}
