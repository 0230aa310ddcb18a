package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Revocation, introspection and discovery. */
@Timeout(30)
class RevocationTest {

    private static final OkHttpClient HTTP = new OkHttpClient();

    private final FakeTime time = new FakeTime();
    private final FakeAuthorizationServer server =
            FakeAuthorizationServer.builder().time(time).issuerPath("/realms/x").start();

    @BeforeEach
    void register() {
        server.register(FakeClient.clientSecretPost("c", "s").redirectUris(SignInCall.REDIRECT));
        server.register(FakeClient.clientSecretPost("d", "s"));
        server.register(FakeClient.privateKeyJwt("k", Keys.jwkSet(Keys.P256)));
        server.register(FakeClient.none("public"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private TokenCall revoke(String token) {
        return TokenCall.to(server.revocationEndpoint()).with("token", token);
    }

    private TokenCall introspect(String token) {
        return TokenCall.to(server.introspectionEndpoint()).with("token", token);
    }

    private TokenCall.Result signedIn() throws IOException {
        String callback = server.signIn(
                SignInCall.to(server.authorizationEndpoint(), "c")
                        .with("scope", "a b")
                        .url(),
                "ann");
        return TokenCall.bare(server)
                .with("grant_type", "authorization_code")
                .with("code", SignInCall.of(callback, "code"))
                .with("redirect_uri", SignInCall.REDIRECT)
                .with("code_verifier", SignInCall.VERIFIER)
                .post("c", "s")
                .send(HTTP);
    }

    @Test
    void revocation_ofAnAccessToken_endsItAlone() throws IOException {
        TokenCall.Result tokens = signedIn();

        TokenCall.Result result = revoke(tokens.accessToken())
                .post("c", "s")
                .withoutHeader("Accept")
                .send(HTTP);

        assertThat(result.status()).isEqualTo(200);
        assertThat(result.text()).isEmpty();
        assertThat(server.isActive(tokens.accessToken())).isFalse();
        assertThat(server.isActive(tokens.refreshToken())).isTrue();
        assertThat(server.violations()).isEmpty();
    }

    @Test
    void revocation_ofARefreshToken_endsAllThatCameOfIt() throws IOException {
        TokenCall.Result tokens = signedIn();

        revoke(tokens.refreshToken())
                .with("token_type_hint", "refresh_token")
                .post("c", "s")
                .send(HTTP);

        assertThat(server.isActive(tokens.refreshToken())).isFalse();
        assertThat(server.isActive(tokens.accessToken())).isFalse();
    }

    @Test
    void revocation_ofAnUnknownToken_is200() throws IOException {
        assertThat(revoke("unknown").post("c", "s").send(HTTP).status()).isEqualTo(200);
    }

    @Test
    void revocation_byAnotherClientOrNobody_isRefused() throws IOException {
        TokenCall.Result tokens = signedIn();

        assertThat(revoke(tokens.accessToken()).post("d", "s").send(HTTP).error())
                .isEqualTo("unauthorized_client");
        assertThat(revoke(tokens.refreshToken()).post("d", "s").send(HTTP).error())
                .isEqualTo("unauthorized_client");
        assertThat(revoke(tokens.accessToken()).post("c", "wrong").send(HTTP).status())
                .isEqualTo(401);
        assertThat(revoke(tokens.accessToken()).send(HTTP).status()).isEqualTo(401);
        assertThat(TokenCall.to(server.revocationEndpoint())
                        .post("c", "s")
                        .send(HTTP)
                        .reason())
                .contains("token is missing");
        assertThat(revoke("x").post("c", "s").get(HTTP).status()).isEqualTo(405);
        assertThat(server.isActive(tokens.accessToken())).isTrue();
        assertThat(server.revocationCount()).isEqualTo(6);
        assertThat(server.tokenRequestCount()).isEqualTo(1);
        assertThat(server.violations()).hasSize(3).allMatch(text -> text.startsWith("Revocation request "));
    }

    @Test
    void assertion_usedAtTwoEndpoints_isSeenOnceTooOften() throws IOException {
        String assertion = Jwts.minimal("k", server.issuer(), time.instant()).sign(Keys.P256, "ES256");
        TokenCall.clientCredentials(server).assertion(assertion).send(HTTP);

        TokenCall.Result again = revoke("x").assertion(assertion).send(HTTP);

        assertThat(again.status()).isEqualTo(401);
        assertThat(server.repeatedJtiCount()).isEqualTo(1);
        String other = Jwts.minimal("k", server.issuer(), time.instant()).sign(Keys.P256, "ES256");
        assertThat(revoke("x").assertion(other).send(HTTP).status()).isEqualTo(200);
    }

    @Test
    void introspection_ofGoodTokens_tellsWhoseTheyAre() throws IOException {
        TokenCall.Result tokens = signedIn();

        TokenCall.Result access =
                introspect(tokens.accessToken()).post("d", "s").send(HTTP);
        TokenCall.Result refresh =
                introspect(tokens.refreshToken()).post("d", "s").send(HTTP);

        long exp = time.instant().plus(Duration.ofMinutes(5)).getEpochSecond();
        String person = "{\"active\":true,\"client_id\":\"c\",\"sub\":\"ann\",\"iss\":\"" + server.issuer()
                + "\",\"scope\":\"a b\"";
        assertThat(access.text()).isEqualTo(person + ",\"token_type\":\"Bearer\",\"exp\":" + exp + "}");
        assertThat(refresh.text()).isEqualTo(person + "}");
        assertThat(introspect(server.issueAccessToken("c"))
                        .post("d", "s")
                        .send(HTTP)
                        .json()
                        .path("sub")
                        .asText())
                .isEqualTo("c");
        assertThat(server.introspectionCount()).isEqualTo(3);
        assertThat(server.violations()).isEmpty();
    }

    @Test
    void introspection_ofDeadTokens_saysNoMore() throws IOException {
        TokenCall.Result tokens = signedIn();
        server.revoke(tokens.refreshToken());

        for (String token : new String[] {tokens.accessToken(), tokens.refreshToken(), "unknown"}) {
            assertThat(introspect(token).post("c", "s").send(HTTP).text()).isEqualTo("{\"active\":false}");
        }
    }

    @Test
    void introspection_byNobodyOrAPublicClient_isRefused() throws IOException {
        assertThat(introspect("x").send(HTTP).status()).isEqualTo(401);
        assertThat(introspect("x").with("client_id", "public").send(HTTP).status())
                .isEqualTo(401);
        assertThat(introspect("x").post("c", "wrong").send(HTTP).status()).isEqualTo(401);
        assertThat(TokenCall.to(server.introspectionEndpoint())
                        .post("c", "s")
                        .send(HTTP)
                        .error())
                .isEqualTo("invalid_request");
    }

    @Test
    void discovery_atBothPlaces_namesEveryEndpoint() throws IOException {
        String origin = "http://127.0.0.1:" + server.port();
        TokenCall.Result inserted = TokenCall.to(origin + "/.well-known/oauth-authorization-server/realms/x")
                .get(HTTP);
        TokenCall.Result appended = TokenCall.to(server.issuer() + "/.well-known/openid-configuration")
                .get(HTTP);

        assertThat(appended.text()).isEqualTo(inserted.text());
        assertThat(inserted.status()).isEqualTo(200);
        assertThat(inserted.json().path("issuer").asText()).isEqualTo(origin + "/realms/x");
        assertThat(inserted.json().path("authorization_endpoint").asText()).isEqualTo(server.authorizationEndpoint());
        assertThat(inserted.json().path("token_endpoint").asText()).isEqualTo(server.tokenEndpoint());
        assertThat(inserted.json().path("revocation_endpoint").asText()).isEqualTo(server.revocationEndpoint());
        assertThat(inserted.json().path("introspection_endpoint").asText()).isEqualTo(server.introspectionEndpoint());
        assertThat(inserted.json().path("jwks_uri").asText()).isEqualTo(server.jwksUri());
        assertThat(inserted.json()
                        .path("authorization_response_iss_parameter_supported")
                        .booleanValue())
                .isTrue();
        assertThat(inserted.json().path("code_challenge_methods_supported").toString())
                .isEqualTo("[\"S256\"]");
        assertThat(inserted.json()
                        .path("introspection_endpoint_auth_methods_supported")
                        .toString())
                .doesNotContain("none");
    }
}
