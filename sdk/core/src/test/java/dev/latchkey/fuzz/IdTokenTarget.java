package dev.latchkey.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.internal.http.Answers;
import dev.latchkey.internal.jose.KeyForms;
import dev.latchkey.internal.jose.SignedClaims;
import dev.latchkey.login.LoginRequest;
import dev.latchkey.login.PendingLogin;
import dev.latchkey.provider.Endpoint;
import dev.latchkey.provider.Provider;
import dev.latchkey.token.IdToken;
import dev.latchkey.token.Scope;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Map;

/** An ID token and the server's keys, a line each; or, where it begins with a brace, the claims of a token signed well. */
final class IdTokenTarget implements Target {
    private static final String ISSUER = "https://auth.example.com";
    private static final Provider PROVIDER = Provider.builder(ISSUER + "/token")
            .issuer(ISSUER)
            .endpoint(Endpoint.AUTHORIZATION, ISSUER + "/authorize")
            .build();
    private final ECKey key = key(KeyForms.ec("secp256r1"));
    private final String keys = new JWKSet(key.toPublicJWK()).toString();
    private final PendingLogin pending = LoginRequest.of("https://app.example.com/callback")
            .pending(PROVIDER, "client", Scope.of("openid"), Answers.NOW);

    private static ECKey key(KeyPair pair) {
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .keyID("one")
                .build();
    }

    @Override
    public void read(byte[] input) throws Exception {
        String[] lines = new String(input, UTF_8).split("\n", 2);
        String compact = lines[0].startsWith("{") ? signed(input) : lines[0];
        String known = lines[0].startsWith("{") || lines.length < 2 ? keys : lines[1];
        Promise.holds(() -> SignedClaims.read(compact, known).map(this::judged).orElse(""));
    }

    private String judged(Map<String, Object> claims) {
        String fault = pending.faultOf(claims, ISSUER, "client", Answers.NOW).orElse("");
        return fault + IdToken.of(String.valueOf(claims.get("sub")), claims);
    }

    private String signed(byte[] claims) throws JOSEException {
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build();
        JWSObject object = new JWSObject(header, new Payload(claims));
        object.sign(new ECDSASigner(key));
        return object.serialize();
    }

    @Override
    public List<byte[]> madeSeeds() throws Exception {
        String good = signed("{\"iss\":\"x\",\"sub\":\"1\"}".getBytes(UTF_8));
        return List.of(good.getBytes(UTF_8), (good + "\n" + keys).getBytes(UTF_8));
    }
}
