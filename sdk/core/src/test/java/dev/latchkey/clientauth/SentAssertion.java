package dev.latchkey.clientauth;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.io.IOException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;

/** What a server sees of an assertion, read and verified with code that did not write it. */
final class SentAssertion {

    static final Instant NOW = Instant.parse("2026-11-22T10:15:30.900Z");
    static final AuthenticationContext CONTEXT =
            AuthenticationContext.of("client-1", "https://auth.example.com/token", NOW);

    private final JWSObject jws;
    private final String compact;

    private SentAssertion(JWSObject jws, String compact) {
        this.jws = jws;
        this.compact = compact;
    }

    static SentAssertion of(AuthenticationParameters parameters) {
        String compact = parameters.parameters().get("client_assertion");
        try {
            return new SentAssertion(JWSObject.parse(compact), compact);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    static SentAssertion by(SigningKey key) throws IOException {
        return by(key, CONTEXT);
    }

    static SentAssertion by(SigningKey key, AuthenticationContext context) throws IOException {
        return of(PrivateKeyJwt.of(key).authenticate(context));
    }

    Map<String, Object> header() {
        return jws.getHeader().toJSONObject();
    }

    Map<String, Object> claims() {
        return jws.getPayload().toJSONObject();
    }

    String compact() {
        return compact;
    }

    byte[] signature() {
        return jws.getSignature().decode();
    }

    boolean verifiesWith(PublicKey key) throws Exception {
        if (key instanceof RSAPublicKey rsa) {
            return jws.verify(new RSASSAVerifier(rsa));
        }
        if (key instanceof ECPublicKey ec) {
            return jws.verify(new ECDSAVerifier(ec));
        }
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(jws.getSigningInput());
        return verifier.verify(signature());
    }
}
