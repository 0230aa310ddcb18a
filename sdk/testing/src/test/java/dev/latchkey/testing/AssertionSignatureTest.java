package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class AssertionSignatureTest {

    private static final OkHttpClient HTTP = new OkHttpClient();

    private final FakeTime time = new FakeTime();
    private final FakeAuthorizationServer server = FakeAuthorizationServer.start(time);

    @AfterEach
    void close() {
        server.close();
    }

    private Jwts minimal() {
        return Jwts.minimal("c", server.issuer(), time.instant());
    }

    private TokenCall.Result send(String assertion) throws IOException {
        return TokenCall.clientCredentials(server).assertion(assertion).send(HTTP);
    }

    private void register(JWK... keys) {
        server.register(FakeClient.privateKeyJwt("c", Keys.jwkSet(keys)));
    }

    private static JWK key(String name) {
        return switch (name) {
            case "RSA" -> Keys.RSA;
            case "SMALL_RSA" -> Keys.SMALL_RSA;
            case "P256" -> Keys.P256;
            case "P384" -> Keys.P384;
            default -> Keys.P521;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, RS256",
        "RSA, RS384",
        "RSA, RS512",
        "RSA, PS256",
        "RSA, PS384",
        "RSA, PS512",
        "P256, ES256",
        "P384, ES384",
        "P521, ES512"
    })
    void signature_everyAlgorithm_isVerified(String keyName, String algorithm) throws IOException {
        register(key(keyName));
        String assertion = minimal().sign(key(keyName), algorithm);

        assertThat(send(tampered(minimal().sign(key(keyName), algorithm))).reason())
                .contains("signature does not fit");
        assertThat(send(assertion).status()).isEqualTo(200);
    }

    /** The same header and claims with another byte somewhere in the signature. */
    private static String tampered(String assertion) {
        int dot = assertion.lastIndexOf('.');
        byte[] signature = new Base64URL(assertion.substring(dot + 1)).decode();
        signature[signature.length / 2] ^= 1;
        return assertion.substring(0, dot + 1) + Base64URL.encode(signature);
    }

    @Test
    void signature_edDsa_isVerifiedByTheJdk() throws Exception {
        for (int i = 0; i < 8; i++) {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] x509 = pair.getPublic().getEncoded();
            byte[] x = Arrays.copyOfRange(x509, x509.length - 32, x509.length);
            register(new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                    .keyID("ed")
                    .build());

            assertThat(send(minimal().signEdDsa("ed", pair.getPrivate())).status())
                    .isEqualTo(200);
            assertThat(send(tampered(minimal().signEdDsa("ed", pair.getPrivate())))
                            .reason())
                    .contains("signature does not fit");
        }
    }

    @Test
    void signature_ofAnotherKeyUnderTheSameKeyId_isRefused() throws IOException {
        register(Keys.RSA);
        RSAKey other = Keys.rsa(Keys.RSA.getKeyID(), 2048);

        assertThat(send(minimal().sign(other, "RS256")).reason()).contains("signature does not fit");
    }

    @Test
    void signature_derInsteadOfConcatenation_isRefused() throws Exception {
        register(Keys.P256);
        String assertion = minimal().sign(Keys.P256, "ES256");
        int dot = assertion.lastIndexOf('.');
        byte[] der = com.nimbusds.jose.crypto.impl.ECDSA.transcodeSignatureToDER(
                new Base64URL(assertion.substring(dot + 1)).decode());

        assertThat(send(assertion.substring(0, dot + 1) + Base64URL.encode(der)).reason())
                .contains("signature does not fit");
    }

    @Test
    void key_tooSmallOrOfAnotherCurveOrKind_isRefused() throws IOException {
        register(Keys.SMALL_RSA);
        assertThat(send(minimal().sign(Keys.SMALL_RSA, "RS256")).reason())
                .contains("The key rsa-small (RSA) cannot be used with alg RS256");

        register(Keys.P256);
        ECKey sameId = new ECKey.Builder(Keys.P384).keyID("p256").build();
        assertThat(send(minimal().sign(sameId, "ES384")).reason()).contains("cannot be used with alg ES384");
        assertThat(send(minimal().header("kid", "p256").sign(Keys.RSA, "RS256")).reason())
                .contains("cannot be used with alg RS256");
        assertThat(send(minimal().header("kid", "p256").sign(Keys.RSA, "PS256")).reason())
                .contains("cannot be used with alg PS256");
    }

    @Test
    void key_registeredForAnotherAlgorithmOrUse_isRefused() throws IOException {
        register(new RSAKey.Builder(Keys.RSA).algorithm(JWSAlgorithm.RS256).build());
        assertThat(send(minimal().sign(Keys.RSA, "RS256")).status()).isEqualTo(200);
        assertThat(send(minimal().sign(Keys.RSA, "RS384")).reason()).contains("cannot be used with alg RS384");

        register(new RSAKey.Builder(Keys.RSA).keyUse(KeyUse.ENCRYPTION).build());
        assertThat(send(minimal().sign(Keys.RSA, "RS256")).reason()).contains("cannot be used");
    }

    @Test
    void algorithms_restricted_refuseTheOthers() throws IOException {
        server.register(FakeClient.privateKeyJwt("c", Keys.jwkSet(Keys.RSA)).algorithms("RS384"));

        assertThat(send(minimal().sign(Keys.RSA, "RS384")).status()).isEqualTo(200);
        assertThat(send(minimal().sign(Keys.RSA, "RS256")).reason())
                .isEqualTo("The assertion's alg is RS256, but client c is registered for [RS384]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256"})
    void algorithm_thatNeedsNoPrivateKey_isRefused(String algorithm) throws IOException {
        register(Keys.RSA);
        String assertion = minimal().mac("public", "HS256");
        String[] parts = assertion.split("\\.", -1);
        String header = Base64URL.encode("{\"alg\":\"" + algorithm + "\"}").toString();

        assertThat(send(header + "." + parts[1] + "." + (algorithm.equals("none") ? "" : parts[2]))
                        .reason())
                .contains("The assertion's alg is " + algorithm);
    }

    @Test
    void kid_unknownOrNotUnique_isRefused() throws IOException {
        register(Keys.RSA);
        assertThat(send(minimal().header("kid", "other").sign(Keys.RSA, "RS256"))
                        .reason())
                .contains("kid other names 0 of the registered keys");

        register(Keys.RSA, Keys.rsa(Keys.RSA.getKeyID(), 2048));
        assertThat(send(minimal().sign(Keys.RSA, "RS256")).reason()).contains("names 2 of the registered keys");
    }

    @Test
    void kid_absent_isTakenOnlyWhereOneKeyIsRegisteredAndNoneRequired() throws IOException {
        register(Keys.RSA);
        assertThat(send(minimal().signAnonymously(Keys.RSA, "RS256")).status()).isEqualTo(200);

        server.register(FakeClient.privateKeyJwt("c", Keys.jwkSet(Keys.RSA)).kidRequired(true));
        assertThat(send(minimal().signAnonymously(Keys.RSA, "RS256")).reason()).contains("has no kid");

        register(Keys.RSA, Keys.P256);
        assertThat(send(minimal().signAnonymously(Keys.RSA, "RS256")).reason())
                .isEqualTo("The assertion has no kid, which client c with 2 registered keys must send");
        assertThat(send(minimal().sign(Keys.P256, "ES256")).status()).isEqualTo(200);
    }

    @Test
    void register_again_replacesTheKeys() throws IOException {
        register(Keys.RSA);
        register(Keys.P256);

        assertThat(send(minimal().sign(Keys.RSA, "RS256")).reason()).contains("names 0");
        assertThat(send(minimal().sign(Keys.P256, "ES256")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void clientSecretJwt_shortSecret_isVerified(String algorithm) throws IOException {
        server.register(FakeClient.clientSecretJwt("c", "short", algorithm));

        assertThat(send(minimal().mac("short", algorithm)).status()).isEqualTo(200);
        assertThat(send(minimal().mac("wrong", algorithm)).reason()).contains("signature does not fit");
        String other = algorithm.equals("HS256") ? "HS512" : "HS256";
        assertThat(send(minimal().mac("short", other)).reason()).contains("The assertion's alg is " + other);
    }
}
