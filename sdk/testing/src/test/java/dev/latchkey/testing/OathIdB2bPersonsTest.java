package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Refresh tokens of ID B2B, introspection, userinfo and the APIs. */
@Timeout(60)
class OathIdB2bPersonsTest {

    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final String REALM = "b2b/x";

    private final FakeTime time = new FakeTime();
    private final OathIdB2bSimulator oath = OathIdB2bSimulator.start(time);

    @BeforeEach
    void register() {
        oath.registerClient("c", "s", REALM, "one", "introspect");
    }

    @AfterEach
    void close() {
        oath.close();
    }

    private TokenCall grant(String grantType) {
        return TokenCall.to(oath.tokenEndpoint())
                .with("grant_type", grantType)
                .with("realm", REALM)
                .post("c", "s");
    }

    private String clientToken(String scope) throws IOException {
        return grant("client_credentials").with("scope", scope).send(HTTP).accessToken();
    }

    private TokenCall.Result refresh(String token) throws IOException {
        return grant("refresh_token").with("refresh_token", token).send(HTTP);
    }

    private TokenCall at(String path) {
        return TokenCall.to(oath.baseUrl() + path);
    }

    private TokenCall introspect(String token) {
        return at("/identity/oauth2/introspect").with("realm", REALM).with("token", token);
    }

    private TokenCall userinfo() {
        return at("/identity/oauth2/userinfo?realm=b2b%2Fx");
    }

    private void assertError(TokenCall.Result result, String id) {
        DocumentedError error = oath.errors().stream()
                .filter(e -> e.id().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(result.text()).isEqualTo(error.body());
        assertThat(result.status()).isEqualTo(error.status());
    }

    @Test
    void refreshToken_rotates_andTheOldOneIsRefusedWithoutHarm() throws IOException {
        String first = oath.signIn("ann");
        TokenCall.Result result = refresh(first);

        assertThat(oath.isActive(first)).isFalse();
        assertError(refresh(first), "oath-refresh");
        assertThat(oath.isActive(result.refreshToken())).isTrue();
        assertThat(oath.isActive(result.accessToken())).isTrue();
        assertThat(refresh(result.refreshToken()).status()).isEqualTo(200);
        assertThat(oath.violations()).singleElement().asString().contains("replaced");
    }

    @Test
    void refreshToken_notRotating_staysGoodAndIsNotSentAgain() throws IOException {
        oath.rotateRefreshTokens(false);
        String token = oath.signIn("ann");

        assertThat(refresh(token).json().has("refresh_token")).isFalse();
        assertThat(refresh(token).status()).isEqualTo(200);
        time.advance(Duration.ofDays(7));
        assertError(refresh(token), "oath-refresh");
    }

    @Test
    void refreshToken_ofAnotherClientOrScopes_isRefusedAndNotSpent() throws IOException {
        String token = oath.signIn("ann");
        oath.registerClient("c", "s", "other", "one");

        TokenCall.Result other = at("/identity/oauth2/access_token")
                .with("grant_type", "refresh_token")
                .with("realm", "other")
                .with("refresh_token", token)
                .post("c", "s")
                .send(HTTP);
        assertError(other, "oath-refresh");
        assertError(
                grant("refresh_token")
                        .with("scope", "one")
                        .with("refresh_token", token)
                        .send(HTTP),
                "oath-refresh");
        assertThat(grant("refresh_token")
                        .with("scope", "introspect one")
                        .with("refresh_token", token)
                        .send(HTTP)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refreshToken_revoked_endsItsAccessTokens() throws IOException {
        TokenCall.Result result = refresh(oath.signIn("ann"));
        oath.revoke(result.refreshToken());

        assertThat(oath.isActive(result.accessToken())).isFalse();
        assertError(refresh(result.refreshToken()), "oath-refresh");
    }

    @Test
    void password_ofARegisteredPerson_signsIn() throws IOException {
        oath.registerUser("ann", "pw");
        TokenCall.Result result = grant("password")
                .with("scope", "one")
                .with("username", "ann")
                .with("password", "pw")
                .send(HTTP);

        assertThat(userinfo()
                        .bearer(result.accessToken())
                        .get(HTTP)
                        .json()
                        .path("sub")
                        .asText())
                .isEqualTo("ann");
        assertThat(refresh(result.refreshToken()).json().path("scope").asText()).isEqualTo("one");
        assertThat(oath.violations()).isEmpty();
    }

    @Test
    void introspection_ofTokens_tellsWhatTheyAre() throws IOException {
        String caller = clientToken("introspect");
        String token = refresh(oath.signIn("ann")).accessToken();

        TokenCall.Result result = introspect(token).bearer(caller).send(HTTP);

        assertThat(result.text())
                .isEqualTo("{\"active\":true,\"scope\":\"one introspect\",\"client_id\":\"c\",\"user_id\":\"ann\","
                        + "\"token_type\":\"Bearer\",\"exp\":" + (FakeTime.START.getEpochSecond() + 599)
                        + ",\"sub\":\"ann\",\"iss\":\"" + oath.baseUrl() + "/identity\"}");
        assertThat(introspect("x").bearer(caller).send(HTTP).text()).isEqualTo("{\"active\":false}");
        oath.expire(token);
        assertThat(introspect(token).bearer(caller).send(HTTP).text()).isEqualTo("{\"active\":false}");
    }

    @Test
    void introspection_withOneFault_getsTheDocumentedError() throws IOException {
        String caller = clientToken("introspect");

        assertError(introspect("x").send(HTTP), "oath-introspect-no-bearer");
        assertError(introspect("x").bearer("x").send(HTTP), "oath-token");
        assertError(introspect("x").bearer(clientToken("one")).send(HTTP), "oath-introspect-scope");
        assertError(introspect("").bearer(caller).send(HTTP), "oath-introspect-no-bearer");
        assertError(introspect("x").bearer(caller).get(HTTP), "oath-method");
        assertError(
                at("/identity/oauth2/introspect")
                        .with("token", "x")
                        .bearer(caller)
                        .send(HTTP),
                "oath-token");
        assertThat(oath.apiRequestCount()).isEqualTo(6);
    }

    @Test
    void introspection_ofATokenOfAnotherRealm_isInactive() throws IOException {
        String token = clientToken("one");
        oath.registerClient("d", "s", "other", "introspect");
        String caller = TokenCall.to(oath.tokenEndpoint())
                .with("grant_type", "client_credentials")
                .with("scope", "introspect")
                .with("realm", "other")
                .post("d", "s")
                .send(HTTP)
                .accessToken();

        TokenCall other = at("/identity/oauth2/introspect").with("realm", "other");

        assertThat(other.with("token", token).bearer(caller).send(HTTP).text()).isEqualTo("{\"active\":false}");
    }

    @Test
    void userinfo_withOneFault_getsTheDocumentedError() throws IOException {
        String token = refresh(oath.signIn("ann")).accessToken();

        assertError(userinfo().get(HTTP), "oath-userinfo-no-token");
        assertError(userinfo().bearer("x").get(HTTP), "oath-token");
        assertError(userinfo().bearer(token).delete(HTTP), "oath-method");
        assertError(at("/identity/oauth2/userinfo").bearer(token).get(HTTP), "oath-userinfo-client");
        assertError(at("/identity/oauth2/userinfo?realm=B2B/x").bearer(token).get(HTTP), "oath-userinfo-client");
        assertError(userinfo().bearer(clientToken("one")).get(HTTP), "oath-userinfo-error");
        assertThat(userinfo().bearer(token).get(HTTP).json().path("email").asText())
                .isEqualTo("ann@example.com");
    }

    @Test
    void api_takesBearer() throws IOException {
        String token = clientToken("one");

        assertThat(at("/api/x").bearer(token).get(HTTP).status()).isEqualTo(200);
        assertError(at("/api/x").get(HTTP), "oath-userinfo-no-token");
        assertError(at("/api/x").bearer("x").get(HTTP), "oath-token");
        assertThat(at("/elsewhere").bearer(token).get(HTTP).status()).isEqualTo(404);
    }

    @Test
    void traffic_takesItsOwnHeadersAndNoBearer() throws IOException {
        String token = clientToken("one");

        assertThat(traffic(token).get(HTTP).status()).isEqualTo(200);
        assertError(traffic("x").get(HTTP), "oath-token");
        assertError(traffic(token).withoutHeader("X-Auth-Method").get(HTTP), "oath-userinfo-no-token");
        assertError(traffic(token).header("X-Auth-Method", "Bearer").get(HTTP), "oath-userinfo-no-token");
        assertError(traffic(token).withoutHeader("X-Auth-Token").get(HTTP), "oath-userinfo-no-token");
        assertError(at("/traffic/x").bearer(token).get(HTTP), "oath-userinfo-no-token");
        assertError(traffic(token).bearer(token).get(HTTP), "oath-userinfo-no-token");
        assertThat(oath.violations()).hasSize(5).last().asString().contains("X-Auth-Token");
    }

    private TokenCall traffic(String token) {
        return at("/traffic/campaigns").header("X-Auth-Method", "OAuth2").header("X-Auth-Token", token);
    }

    @Test
    void toldToFail_answersAsDocumentedUntilItRecovers() throws IOException {
        String token = clientToken("one");
        oath.nextError("oath-server-error");
        oath.nextError("oath-token-expired");
        assertError(grant("client_credentials").send(HTTP), "oath-server-error");
        assertError(at("/api/x").bearer(token).get(HTTP), "oath-token-expired");

        oath.goDown();
        assertError(grant("client_credentials").send(HTTP), "oath-server-error-500");
        oath.rateLimit();
        assertThat(at("/api/x").bearer(token).get(HTTP).status()).isEqualTo(429);
        oath.recover();
        assertThat(at("/api/x").bearer(token).get(HTTP).status()).isEqualTo(200);
    }
}
