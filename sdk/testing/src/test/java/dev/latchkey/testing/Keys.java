package dev.latchkey.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.List;

/** Keys made once per test run; generating them takes longer than any test. */
final class Keys {

    static final RSAKey RSA = rsa("rsa-1", 2048);
    static final RSAKey SMALL_RSA = rsa("rsa-small", 1024);
    static final ECKey P256 = ec("p256", Curve.P_256);
    static final ECKey P384 = ec("p384", Curve.P_384);
    static final ECKey P521 = ec("p521", Curve.P_521);

    private Keys() {}

    static String jwkSet(JWK... keys) {
        return new JWKSet(List.of(keys)).toPublicJWKSet().toString();
    }

    static RSAKey rsa(String keyId, int bits) {
        try {
            return new RSAKeyGenerator(bits, true).keyID(keyId).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey ec(String keyId, Curve curve) {
        try {
            return new ECKeyGenerator(curve).keyID(keyId).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
