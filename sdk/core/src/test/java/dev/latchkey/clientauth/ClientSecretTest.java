package dev.latchkey.clientauth;

import static dev.latchkey.clientauth.SentAssertion.CONTEXT;
import static dev.latchkey.clientauth.SentAssertion.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.MACVerifier;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
final class ClientSecretTest {

    private static final String SECRET = "planted-secret-0123456789-0123456789-0123456789-0123456789-012345";

    /** identifier and secret are form-encoded before they are joined. */
    @ParameterizedTest
    @CsvSource({
        "s6BhdRkqt3, gX1fBat3bV, s6BhdRkqt3:gX1fBat3bV",
        "a:b, c:d, a%3Ab:c%3Ad",
        "100%, 5%25, 100%25:5%2525",
        "a+b, c d, a%2Bb:c+d",
        "käse, grüße€, k%C3%A4se:gr%C3%BC%C3%9Fe%E2%82%AC",
        "x, \uD83D\uDD11=/~, x:%F0%9F%94%91%3D%2F%7E"
    })
    void basic_anyCharacters_areEncoded(String id, String secret, String expected) throws Exception {
        AuthenticationContext context = AuthenticationContext.of(id, "https://auth.example.com/token", NOW);

        AuthenticationParameters parameters = ClientSecretBasic.of(secret).authenticate(context);

        String header = parameters.headers().get("Authorization");
        assertThat(header).startsWith("Basic ");
        assertThat(new String(Base64.getDecoder().decode(header.substring(6)), UTF_8))
                .isEqualTo(expected);
        assertThat(parameters.parameters()).isEmpty();
    }

    @Test
    void post_sendsIdAndSecret() throws Exception {
        AuthenticationParameters parameters = ClientSecretPost.of("a b+c").authenticate(CONTEXT);

        assertThat(parameters.headers()).isEmpty();
        assertThat(parameters.parameters().keySet()).containsExactly("client_id", "client_secret");
        assertThat(parameters.parameters()).containsEntry("client_secret", "a b+c");
        assertThat(parameters.assertionHeader()).isEmpty();
        assertThat(parameters.assertionClaims()).isEmpty();
    }

    @Test
    void none_sendsTheIdOnly() {
        AuthenticationParameters parameters = NoAuthentication.create().authenticate(CONTEXT);

        assertThat(parameters.headers()).isEmpty();
        assertThat(parameters.parameters()).containsOnlyKeys("client_id");
    }

    @ParameterizedTest
    @EnumSource(
            value = JwsAlgorithm.class,
            names = {"HS256", "HS384", "HS512"})
    void jwt_longSecret_verifiesWithNimbus(JwsAlgorithm algorithm) throws Exception {
        AuthenticationParameters parameters =
                ClientSecretJwt.of(SECRET, algorithm).authenticate(CONTEXT);

        JWSObject jws = JWSObject.parse(parameters.parameters().get("client_assertion"));
        assertThat(jws.verify(new MACVerifier(SECRET))).isTrue();
        assertThat(jws.getHeader().toJSONObject())
                .containsOnlyKeys("alg", "typ")
                .containsEntry("typ", "JWT");
        assertThat(jws.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.registeredName());
    }

    /** Real servers hand out secrets shorter than the hash; the bytes of their UTF-8 form are the key. */
    @Test
    void jwt_shortSecret_signsAllTheSame() throws Exception {
        String compact =
                ClientSecretJwt.of("kürz").authenticate(CONTEXT).parameters().get("client_assertion");

        int dot = compact.lastIndexOf('.');
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("kürz".getBytes(UTF_8), "HmacSHA256"));
        byte[] expected = mac.doFinal(compact.substring(0, dot).getBytes(UTF_8));
        assertThat(Base64.getUrlDecoder().decode(compact.substring(dot + 1))).isEqualTo(expected);
        assertThat(ClientSecretJwt.of("kürz").algorithm()).isEqualTo(JwsAlgorithm.HS256);
    }

    @Test
    void jwt_asymmetricAlgorithm_isRefused() {
        assertThatThrownBy(() -> ClientSecretJwt.of(SECRET, JwsAlgorithm.RS384))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RS384")
                .hasMessageContaining("HS256")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void jwt_profileForKeys_isRefused() {
        ClientSecretJwt method = ClientSecretJwt.of(SECRET);
        AssertionProfile profile = AssertionProfile.tokenEndpoint();

        for (AssertionProfile unsuitable : List.of(
                profile.withKeyIdRequired(),
                profile.withCertificateThumbprint(),
                profile.withJwksUrl("https://client.example.com/jwks"),
                profile.withAlgorithms(JwsAlgorithm.RS384),
                AssertionProfile.issuer())) {
            assertThatThrownBy(() -> method.check(CONTEXT.withProfile(unsuitable)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        method.check(CONTEXT.withProfile(profile.withAlgorithms(JwsAlgorithm.HS256)));
    }

    @Test
    void of_blankSecret_isRefused() {
        for (Function<String, ClientAuthentication> method : List.<Function<String, ClientAuthentication>>of(
                ClientSecretBasic::of, ClientSecretPost::of, ClientSecretJwt::of)) {
            for (String blank : List.of("", "  ", "\n")) {
                assertThatThrownBy(() -> method.apply(blank))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("clientSecret is blank");
            }
        }
    }

    /** V-07: no secret in anything that is printed. */
    @Test
    void toString_anyMethod_hidesTheSecret() throws Exception {
        for (ClientAuthentication method : List.of(
                ClientSecretBasic.of(SECRET),
                ClientSecretPost.of(SECRET),
                ClientSecretJwt.of(SECRET),
                NoAuthentication.create())) {
            method.check(CONTEXT);
            AuthenticationParameters parameters = method.authenticate(CONTEXT);

            assertThat(method.toString() + parameters + parameters.assertionClaims() + parameters.assertionHeader())
                    .doesNotContain(SECRET)
                    .doesNotContain(Base64.getEncoder()
                            .encodeToString(SECRET.getBytes(UTF_8))
                            .substring(0, 12));
        }
    }

    @Test
    void method_isTheRegisteredName() {
        assertThat(ClientSecretBasic.of("a").method()).isEqualTo("client_secret_basic");
        assertThat(ClientSecretPost.of("a").method()).isEqualTo("client_secret_post");
        assertThat(ClientSecretJwt.of("a").method()).isEqualTo("client_secret_jwt");
        assertThat(NoAuthentication.create().method()).isEqualTo("none");
    }
}
