package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ClientAuthenticationTest {

    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final String ODD = "a:b+c%41 ü&=";

    private final FakeTime time = new FakeTime();
    private final FakeAuthorizationServer server = FakeAuthorizationServer.start(time);

    @AfterEach
    void close() {
        server.close();
    }

    private TokenCall call() {
        return TokenCall.clientCredentials(server);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void basic_formEncodedParts_areDecoded() throws IOException {
        server.register(FakeClient.clientSecretBasic(ODD, ODD));

        TokenCall.Result good = call().basic(encoded(ODD), encoded(ODD)).send(HTTP);
        TokenCall.Result percentTwenty = call().basic(
                        encoded(ODD).replace("+", "%20"), encoded(ODD).replace("+", "%20"))
                .send(HTTP);

        assertThat(good.status()).isEqualTo(200);
        assertThat(percentTwenty.status()).isEqualTo(200);
        assertThat(server.tokenRequests().get(0).clientId()).contains(ODD);
    }

    @Test
    void basic_rawSecret_isRefused() throws IOException {
        server.register(FakeClient.clientSecretBasic("c", "a+b"));

        TokenCall.Result result = call().basic("c", "a+b").send(HTTP);

        assertThat(result.status()).isEqualTo(401);
        assertThat(result.error()).isEqualTo("invalid_client");
        assertThat(result.reason()).isEqualTo("The client secret is wrong");
        assertThat(result.header("WWW-Authenticate")).contains("Basic realm=\"token\"");
        assertThat(server.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic !!!", "Basic Yw==", "Basic JTpi", "Bearer abc"})
    void basic_malformedHeader_isRefused(String header) throws IOException {
        server.register(FakeClient.clientSecretBasic("c", "s"));

        TokenCall.Result result = call().header("Authorization", header).send(HTTP);

        assertThat(result.status()).isEqualTo(401);
        assertThat(result.reason()).contains("The Authorization header is not Basic");
        assertThat(server.violations()).hasSize(1);
    }

    @Test
    void basic_clientIdInTheBody_mustBeTheSame() throws IOException {
        server.register(FakeClient.clientSecretBasic("c", "s"));

        assertThat(call().basic("c", "s").with("client_id", "c").send(HTTP).status())
                .isEqualTo(200);
        assertThat(call().basic("c", "s").with("client_id", "d").send(HTTP).reason())
                .contains("client_id in the body differs");
    }

    @Test
    void post_secret_isCompared() throws IOException {
        server.register(FakeClient.clientSecretPost("c", ODD));

        assertThat(call().post("c", ODD).send(HTTP).status()).isEqualTo(200);
        TokenCall.Result wrong = call().post("c", "s").send(HTTP);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.reason()).isEqualTo("The client secret is wrong");
        assertThat(wrong.header("WWW-Authenticate")).isEmpty();
        assertThat(call().with("client_secret", ODD).send(HTTP).reason())
                .isEqualTo("The parameter client_id is missing");
    }

    @Test
    void method_otherThanTheRegisteredOne_isRefused() throws IOException {
        server.register(FakeClient.clientSecretPost("c", "s"));

        assertThat(call().basic("c", "s").send(HTTP).reason())
                .isEqualTo("Client c is registered for client_secret_post, but used client_secret_basic");
        assertThat(call().with("client_id", "c").send(HTTP).reason()).endsWith("but used none");
        assertThat(call().assertion(Jwts.minimal("c", server.issuer(), time.instant())
                                .mac("s", "HS256"))
                        .send(HTTP)
                        .reason())
                .endsWith("but used client_assertion");
        server.register(FakeClient.clientSecretBasic("c", "s"));
        assertThat(call().post("c", "s").send(HTTP).reason()).endsWith("but used client_secret_post");
        assertThat(call().post("d", "s").send(HTTP).reason()).isEqualTo("No client d is registered");
    }

    @Test
    void credentials_moreThanOne_areRefused() throws IOException {
        server.register(FakeClient.clientSecretBasic("c", "s"));
        String assertion = Jwts.minimal("c", server.issuer(), time.instant()).mac("s", "HS256");

        TokenCall.Result two = call().basic("c", "s").post("c", "s").send(HTTP);
        assertThat(two.status()).isEqualTo(400);
        assertThat(two.error()).isEqualTo("invalid_request");
        assertThat(two.header("WWW-Authenticate")).isEmpty();
        assertThat(two.reason())
                .isEqualTo("More than one client authentication: [Authorization header, client_secret]");
        assertThat(call().basic("c", "s").assertion(assertion).send(HTTP).error())
                .isEqualTo("invalid_request");
        assertThat(call().post("c", "s").assertion(assertion).send(HTTP).error())
                .isEqualTo("invalid_request");
        assertThat(server.violations())
                .filteredOn(v -> v.contains("More than one"))
                .hasSize(3);
    }

    @Test
    void none_publicClient_isNamedOnly() throws IOException {
        server.register(FakeClient.none("c"));

        assertThat(call().send(HTTP).reason()).contains("no client_id");
        assertThat(call().send(HTTP).status()).isEqualTo(401);
        assertThat(call().with("client_id", "d").send(HTTP).reason()).isEqualTo("No client d is registered");
        assertThat(call().with("client_id", "c").send(HTTP).error()).isEqualTo("unauthorized_client");
        String refreshToken = server.issueRefreshToken("c");
        assertThat(TokenCall.refresh(server, refreshToken)
                        .with("client_id", "c")
                        .send(HTTP)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void assertion_withoutOrWithAWrongType_isRefused() throws IOException {
        server.register(FakeClient.clientSecretJwt("c", "s", "HS256"));
        String assertion = Jwts.minimal("c", server.issuer(), time.instant()).mac("s", "HS256");

        assertThat(call().with("client_assertion", assertion).send(HTTP).reason())
                .isEqualTo("The parameter client_assertion_type is missing");
        assertThat(call().with("client_assertion", assertion)
                        .with("client_assertion_type", TokenCall.ASSERTION_TYPE + "s")
                        .send(HTTP)
                        .reason())
                .contains("client_assertion_type must be " + TokenCall.ASSERTION_TYPE + ", but is");
        assertThat(call().with("client_assertion_type", TokenCall.ASSERTION_TYPE)
                        .send(HTTP)
                        .reason())
                .isEqualTo("The parameter client_assertion is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "a.b.c", "e30.e30.c=", "e30..", "W10.e30.c"})
    void assertion_thatIsNoJwt_isRefused(String assertion) throws IOException {
        TokenCall.Result result = call().assertion(assertion).send(HTTP);

        assertThat(result.status()).isEqualTo(401);
        assertThat(result.reason()).contains("client_assertion is no JWT");
        assertThat(server.tokenRequests().get(0).assertionClaims()).isEmpty();
        assertThat(server.tokenRequests().get(0).assertionHeader()).isEmpty();
        assertThat(server.tokenRequests().get(0).jti()).isEmpty();
    }

    @Test
    void assertion_twice_isRefused() throws IOException {
        server.register(FakeClient.clientSecretJwt("c", "s", "HS256"));
        String first = Jwts.minimal("c", server.issuer(), time.instant()).mac("s", "HS256");
        String second = Jwts.minimal("c", server.issuer(), time.instant()).mac("s", "HS256");

        TokenCall.Result result =
                call().assertion(first).with("client_assertion", second).send(HTTP);

        assertThat(result.status()).isEqualTo(400);
        assertThat(result.reason()).isEqualTo("The parameter client_assertion is repeated");
    }

    @Test
    void fakeClient_badArguments_areRefusedWithoutTheSecret() {
        String secretKey = Keys.P256.toJSONString();

        assertThatThrownBy(() -> FakeClient.privateKeyJwt("c", secretKey + "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("jwkSet is neither a JWK set nor a JWK (RFC 7517)")
                .hasNoCause();
        assertThatThrownBy(() -> FakeClient.privateKeyJwt("c", "{\"keys\":[]}")).hasMessageContaining("no public key");
        assertThatThrownBy(() -> FakeClient.clientSecretJwt("c", "s", "RS256"))
                .hasMessage("algorithm must be one of [HS256, HS384, HS512], but is RS256");
        assertThatThrownBy(() -> FakeClient.clientSecretPost(" ", "s")).hasMessage("clientId must not be blank");
        assertThatThrownBy(() -> FakeClient.clientSecretPost("c", "")).hasMessage("clientSecret must not be blank");
    }

    @Test
    void fakeClient_singleJwkWithPrivatePart_isRegisteredByItsPublicPart() throws IOException {
        FakeClient client = FakeClient.privateKeyJwt("c", Keys.P256.toJSONString());
        server.register(client);
        String assertion = Jwts.minimal("c", server.issuer(), time.instant()).sign(Keys.P256, "ES256");

        assertThat(call().assertion(assertion).send(HTTP).status()).isEqualTo(200);
        assertThat(client.credential().keys()).noneMatch(key -> key.isPrivate());
    }
}
