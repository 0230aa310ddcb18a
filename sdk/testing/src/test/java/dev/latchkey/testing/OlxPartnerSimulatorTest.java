package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What OLX's pages demand, each rule broken once by a request made by hand. */
@Timeout(60)
class OlxPartnerSimulatorTest {

    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final String ALL = "read write v2";

    private final OlxPartnerSimulator olx = OlxPartnerSimulator.start(new FakeTime());

    /** A request, made from a good one. */
    private interface Attempt {
        TokenCall.Result send(OlxPartnerSimulatorTest test) throws IOException;
    }

    @BeforeEach
    void register() {
        olx.registerClient("100001", "secret");
    }

    @AfterEach
    void close() {
        olx.close();
    }

    private TokenCall bare() {
        return TokenCall.to(olx.tokenEndpoint());
    }

    private TokenCall grant(String grantType) {
        return bare().with("grant_type", grantType).post("100001", "secret");
    }

    private String clientToken() throws IOException {
        return grant("client_credentials").with("scope", ALL).send(HTTP).accessToken();
    }

    private String personToken(String... scopes) throws IOException {
        return grant("refresh_token")
                .with("refresh_token", scopes.length == 0 ? olx.signIn("ann") : olx.signInWithScopes("ann", scopes))
                .send(HTTP)
                .accessToken();
    }

    private TokenCall api(String path) {
        return TokenCall.to(olx.baseUrl() + "/api/partner" + path).header("Version", "2.0");
    }

    private static RequestBody json(String json) {
        return RequestBody.create(json, MediaType.get("application/json"));
    }

    private DocumentedError error(String id) {
        return olx.errors().stream().filter(e -> e.id().equals(id)).findFirst().orElseThrow();
    }

    private static Arguments provoked(String id, Attempt attempt) {
        return Arguments.of(id, attempt);
    }

    static Stream<Arguments> tokenErrors() {
        return Stream.of(
                provoked("olx-3", t -> t.bare().send(HTTP)),
                provoked("olx-3", t -> t.bare().send(HTTP, json("{}"))),
                provoked("olx-3", t -> t.bare().send(HTTP, json("{\"grant_type\":\"\"}"))),
                provoked(
                        "olx-3",
                        t -> t.bare().send(HTTP, RequestBody.create("grant_type=x", MediaType.get("text/plain")))),
                provoked("olx-6", t -> t.bare().with("grant_type", "x").send(HTTP)),
                provoked(
                        "olx-6",
                        t -> t.bare()
                                .with("grant_type", "x")
                                .post("100001", "no")
                                .send(HTTP)),
                provoked(
                        "olx-6",
                        t -> t.bare()
                                .with("grant_type", "x")
                                .post("2", "secret")
                                .send(HTTP)),
                provoked(
                        "olx-6",
                        t -> t.bare()
                                .with("grant_type", "client_credentials")
                                .basic("100001", "secret")
                                .send(HTTP)),
                provoked("olx-5", t -> {
                    t.olx.deactivate("100001");
                    return t.grant("password").send(HTTP);
                }),
                provoked("olx-10", t -> t.grant("password").send(HTTP)),
                provoked("olx-10", t -> {
                    t.olx.allowGrants("100001", "refresh_token");
                    return t.grant("authorization_code").send(HTTP);
                }),
                provoked(
                        "olx-1",
                        t -> t.grant("authorization_code").with("scope", "x").send(HTTP)),
                provoked(
                        "olx-2",
                        t -> t.grant("authorization_code").with("code", "x").send(HTTP)),
                provoked(
                        "olx-11",
                        t -> t.grant("refresh_token")
                                .with("scope", "x")
                                .with("refresh_token", "x")
                                .send(HTTP)),
                provoked("olx-4", t -> t.grant("client_credentials").send(HTTP)),
                provoked(
                        "olx-4",
                        t -> t.grant("client_credentials")
                                .with("scope", "read admin")
                                .send(HTTP)),
                provoked(
                        "olx-4",
                        t -> t.grant("refresh_token")
                                .with("scope", "read v2")
                                .with("refresh_token", t.olx.signInWithScopes("ann", "read"))
                                .send(HTTP)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokenErrors")
    void tokenRequest_withOneFault_getsTheDocumentedError(String id, Attempt attempt) throws IOException {
        TokenCall.Result result = attempt.send(this);

        assertThat(result.text()).isEqualTo(error(id).body());
        assertThat(result.status()).isEqualTo(error(id).status());
        assertThat(olx.issuedTokens()).isEmpty();
    }

    static Stream<Arguments> apiErrors() {
        return Stream.of(
                provoked(
                        "olx-404",
                        t -> TokenCall.to(t.olx.baseUrl() + "/api/partners").get(HTTP)),
                provoked(
                        "olx-no-version",
                        t -> t.api("/cities")
                                .withoutHeader("Version")
                                .header("Content-Type", "application/json")
                                .get(HTTP)),
                provoked(
                        "olx-bad-version",
                        t -> t.api("/cities")
                                .header("Version", "2")
                                .header("Content-Type", "application/json")
                                .get(HTTP)),
                provoked(
                        "olx-content-type",
                        t -> t.api("/cities")
                                .header("Content-Type", "application/json")
                                .get(HTTP)),
                provoked("olx-415", t -> t.api("/cities").with("a", "b").send(HTTP)),
                provoked("olx-12", t -> t.api("/users/me").get(HTTP)),
                provoked(
                        "olx-12",
                        t -> t.api("/users/me")
                                .header("Authorization", t.clientToken())
                                .get(HTTP)),
                provoked("olx-7", t -> t.api("/users/me").bearer("x").get(HTTP)),
                provoked(
                        "olx-8",
                        t -> t.api("/users/me")
                                .bearer(t.personToken("read", "write"))
                                .get(HTTP)),
                provoked(
                        "olx-9", t -> t.api("/users/me").bearer(t.clientToken()).get(HTTP)),
                provoked("olx-9", t -> t.api("/adverts").bearer(t.clientToken()).send(HTTP, json("{}"))),
                provoked(
                        "olx-9",
                        t -> t.api("/threads/1").bearer(t.clientToken()).get(HTTP)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("apiErrors")
    void apiCall_withOneFault_getsTheDocumentedError(String id, Attempt attempt) throws IOException {
        TokenCall.Result result = attempt.send(this);

        assertThat(result.text()).isEqualTo(error(id).body());
        assertThat(result.status()).isEqualTo(error(id).status());
        assertThat(olx.apiRequestCount()).isEqualTo(1);
    }

    @Test
    void apiCall_withoutFault_isServed() throws IOException {
        assertThat(api("/cities").bearer(clientToken()).get(HTTP).status()).isEqualTo(200);
        assertThat(api("/users/me").bearer(personToken()).get(HTTP).status()).isEqualTo(200);
        assertThat(api("/adverts").bearer(personToken()).send(HTTP, json("{}")).status())
                .isEqualTo(200);
        assertThat(api("/users/menu").bearer(clientToken()).get(HTTP).status()).isEqualTo(200);
        assertThat(olx.violations()).isEmpty();
    }

    @Test
    void tokenRequest_asJsonOrForm_withOrWithoutSlash_isTaken() throws IOException {
        String body = "{\"grant_type\":\"client_credentials\",\"scope\":\"v2 read write\","
                + "\"client_id\":\"100001\",\"client_secret\":\"secret\"}";

        TokenCall.Result json = bare().send(HTTP, json(body));
        TokenCall.Result slash =
                bare().url(olx.tokenEndpoint() + "/").header("Accept", "*/*").send(HTTP, json(body));

        assertThat(json.text())
                .isEqualTo("{\"access_token\":\"" + json.accessToken()
                        + "\",\"expires_in\":86400,\"token_type\":\"bearer\",\"scope\":\"write read v2\"}");
        assertThat(json.accessToken()).matches("[0-9a-f]{40}");
        assertThat(slash.status()).isEqualTo(200);
        assertThat(clientToken()).isNotEmpty();
        assertThat(olx.tokenRequestCount()).isEqualTo(3);
        assertThat(olx.tokenRequests()).map(RecordedTokenRequest::clientId).containsOnly(Optional.of("100001"));
        assertThat(olx.violations()).isEmpty();
    }

    @Test
    void missingRefreshToken_isNamedInTheTextOfAMissingCode() throws IOException {
        assertThat(grant("refresh_token").send(HTTP).reason())
                .isEqualTo("Missing parameter: \"refresh_token\" is required");
        assertThat(olx.violations()).hasSize(1);
    }

    @Test
    void method_otherThanPost_isRefused() throws IOException {
        assertThat(bare().get(HTTP).status()).isEqualTo(405);
    }

    @Test
    void client_deactivated_isActiveAgainWhenRegisteredAgain() throws IOException {
        String token = clientToken();
        olx.deactivate("100001");
        assertThat(olx.isActive(token)).isTrue();

        olx.registerClient("100001", "secret");
        assertThat(clientToken()).isNotEmpty();
    }

    @Test
    void settings_ofUnknownThings_areRefused() {
        assertThatThrownBy(() -> olx.deactivate("x")).hasMessageContaining("x is not registered");
        assertThatThrownBy(() -> olx.allowGrants("100001", "password")).hasMessageContaining("password");
        assertThatThrownBy(() -> olx.signInWithScopes("ann", "admin")).hasMessageContaining("admin");
        olx.registerClient("2", "secret");
        assertThatThrownBy(() -> olx.signIn("ann")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void rateLimit_isThePageWithStatus403() throws IOException {
        String token = clientToken();
        olx.rateLimit();
        TokenCall.Result blocked = api("/cities").bearer(token).get(HTTP);

        assertThat(blocked.is(error("olx-blocked"))).isTrue();
        assertThat(blocked.header("Content-Type")).contains("text/html; charset=utf-8");
        olx.goDown();
        assertThat(bare().url(olx.tokenEndpoint() + "/").send(HTTP).status()).isEqualTo(500);
        olx.recover();
        assertThat(api("/cities").bearer(token).get(HTTP).status()).isEqualTo(200);
    }
}
