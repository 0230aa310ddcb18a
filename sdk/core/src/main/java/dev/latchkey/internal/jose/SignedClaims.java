package dev.latchkey.internal.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a JWT that somebody else signed. Only signatures with a private key count: never none, never a shared secret. */
public final class SignedClaims {
    private static final int LONGEST = 65_536;
    private static final Set<JWSAlgorithm> ALGORITHMS = algorithms();

    private SignedClaims() {}

    private static Set<JWSAlgorithm> algorithms() {
        Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.RSA);
        algorithms.addAll(JWSAlgorithm.Family.EC);
        return algorithms;
    }

    /**
     * Reads the claims.
     *
     * @param compact the JWT
     * @param jwks the JWK set of the signer, as JSON
     * @return the claims; empty where a key of the set did not sign it, or either text is no such thing
     */
    public static Optional<Map<String, Object>> read(String compact, String jwks) {
        if (compact.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSKeySelector(
                    new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(JWKSet.parse(jwks))));
            // Issuer, audience, times and nonce are judged by the caller, on its own clock.
            processor.setJWTClaimsSetVerifier((claims, context) -> {});
            JWTClaimsSet claims = processor.process(compact, null);
            Map<String, Object> present = new HashMap<>(claims.toJSONObject());
            present.values().removeIf(java.util.Objects::isNull);
            return Optional.of(present);
        } catch (ParseException | BadJOSEException | JOSEException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
