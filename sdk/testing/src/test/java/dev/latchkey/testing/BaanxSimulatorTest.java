package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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

/** What Baanx's pages demand, each rule broken once by a request made by hand. */
@Timeout(30)
class BaanxSimulatorTest {

    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final String JSON = "application/json";

    private final FakeTime time = new FakeTime();
    private final BaanxSimulator baanx = BaanxSimulator.start(time);

    private interface Attempt {
        TokenCall.Result send(BaanxSimulatorTest test) throws IOException;
    }

    @BeforeEach
    void register() {
        baanx.registerClient("key");
    }

    @AfterEach
    void close() {
        baanx.close();
    }

    private TokenCall call() {
        return TokenCall.to(baanx.tokenEndpoint()).header("x-client-key", "key");
    }

    private static RequestBody body(String contentType, String text) {
        return RequestBody.create(text.getBytes(StandardCharsets.UTF_8), MediaType.get(contentType));
    }

    private static RequestBody refresh(String token) {
        return body(JSON, "{\"grant_type\":\"refresh_token\",\"refresh_token\":\"" + token + "\"}");
    }

    private TokenCall.Result refreshed(String token) throws IOException {
        return call().send(HTTP, refresh(token));
    }

    private TokenCall api(String path, String token) {
        return TokenCall.to(baanx.baseUrl() + path)
                .header("x-client-key", "key")
                .bearer(token);
    }

    private String token() throws IOException {
        return refreshed(baanx.signIn("u")).accessToken();
    }

    private DocumentedError error(String id) {
        return baanx.errors().stream()
                .filter(e -> e.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Arguments provoked(String id, Attempt attempt) {
        return Arguments.of(id, attempt);
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                provoked(
                        "baanx-token-499",
                        t -> t.call().withoutHeader("x-client-key").get(HTTP)),
                provoked(
                        "baanx-token-498",
                        t -> t.call().header("x-client-key", "other").get(HTTP)),
                provoked("baanx-client", t -> {
                    t.baanx.registerClient("key", "secret");
                    return t.call().send(HTTP, body(JSON, "{}"));
                }),
                provoked("baanx-client", t -> {
                    t.baanx.registerClient("key", "secret");
                    return t.call().header("x-secret-key", "wrong").send(HTTP, body(JSON, "{}"));
                }),
                provoked("baanx-client", t -> t.call().bearer("any").send(HTTP, refresh(t.baanx.signIn("u")))),
                provoked("baanx-refresh", t -> t.refreshed("unknown")),
                provoked("baanx-refresh", t -> {
                    String spent = t.baanx.signIn("u");
                    t.refreshed(spent);
                    return t.refreshed(spent);
                }),
                provoked("baanx-refresh", t -> {
                    t.baanx.requireUsEnvironment(true);
                    return t.refreshed(t.baanx.signIn("u"));
                }),
                provoked(
                        "baanx-499",
                        t -> t.api("/v1/user", t.token())
                                .withoutHeader("x-client-key")
                                .get(HTTP)),
                provoked(
                        "baanx-498",
                        t -> t.api("/v1/user", t.token())
                                .header("x-client-key", "other")
                                .get(HTTP)),
                provoked("baanx-401", t -> t.api("/v1/user", "unknown").get(HTTP)),
                provoked("baanx-401", t -> {
                    t.baanx.registerClient("second");
                    String token = t.refreshed(t.baanx.signInBy("key", "u")).accessToken();
                    return t.api("/v1/user", token)
                            .header("x-client-key", "second")
                            .get(HTTP);
                }),
                provoked("baanx-404", t -> t.api("/v1/card/status", t.token()).get(HTTP)),
                provoked("baanx-404", t -> t.api("/v2/user", t.token()).get(HTTP)),
                provoked(
                        "baanx-404",
                        t -> t.api("/v1/user", t.token())
                                .header("x-us-env", "true")
                                .get(HTTP)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void request_withOneFault_getsTheDocumentedError(String id, Attempt attempt) throws IOException {
        TokenCall.Result result = attempt.send(this);

        assertThat(result.text()).isEqualTo(error(id).body());
        assertThat(result.status()).isEqualTo(error(id).status());
    }

    @Test
    void parameter_thatIsMissing_isNamed() throws IOException {
        String missing = "{\"error\":\"invalid_request\",\"error_description\":\"Missing required parameter: ";

        assertThat(call().send(HTTP, body(JSON, "{}")).text()).isEqualTo(missing + "grant_type\"}");
        assertThat(call().send(HTTP, body(JSON, "{\"grant_type\":\"refresh_token\"}"))
                        .text())
                .isEqualTo(missing + "refresh_token\"}");
        assertThat(call().with("grant_type", "refresh_token").send(HTTP).text()).isEqualTo(missing + "grant_type\"}");
        assertThat(baanx.violations()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void grant_ofAnotherType_isUnsupported() throws IOException {
        TokenCall.Result result = call().send(HTTP, body(JSON, "{\"grant_type\":\"client_credentials\"}"));

        assertThat(result.status()).isEqualTo(400);
        assertThat(result.error()).isEqualTo("unsupported_grant_type");
    }

    @Test
    void clientKey_isLookedAtBeforeEverythingElse() throws IOException {
        String good = token();

        assertThat(TokenCall.to(baanx.tokenEndpoint()).bearer("x").get(HTTP).status())
                .isEqualTo(499);
        assertThat(api("/nowhere", good).withoutHeader("x-client-key").get(HTTP).status())
                .isEqualTo(499);
        assertThat(api("/nowhere", "bad")
                        .header("x-client-key", "other")
                        .get(HTTP)
                        .status())
                .isEqualTo(498);
    }

    @Test
    void refresh_rotatesAndTellsTheLives() throws IOException {
        String first = baanx.signIn("u");
        TokenCall.Result one = refreshed(first);
        TokenCall.Result two = refreshed(one.refreshToken());

        assertThat(one.json().path("token_type").asText()).isEqualTo("Bearer");
        assertThat(one.json().path("expires_in").intValue()).isEqualTo(21_600);
        assertThat(one.json().path("refresh_token_expires_in").intValue()).isEqualTo(604_800);
        assertThat(List.of(first, one.refreshToken(), two.refreshToken()))
                .map(baanx::isActive)
                .containsExactly(false, false, true);
        assertThat(api("/v1/user", two.accessToken()).get(HTTP).text()).isEqualTo("{\"id\":\"u\"}");
        assertThat(baanx.violations()).isEmpty();
    }

    @Test
    void refreshToken_spentTwice_endsTheSession() throws IOException {
        String first = baanx.signIn("u");
        TokenCall.Result good = refreshed(first);
        refreshed(first);

        assertThat(baanx.killedFamilyCount()).isEqualTo(1);
        assertThat(baanx.isActive(good.accessToken())).isFalse();
        assertThat(refreshed(good.refreshToken()).error()).isEqualTo("invalid_grant");
        assertThat(baanx.violations()).hasSize(1);
    }

    @Test
    void refreshToken_spentTwiceInItsGrace_isAnsweredWithThePresentOne() throws IOException {
        baanx.refreshTokenGrace(Duration.ofSeconds(10));
        String first = baanx.signIn("u");
        String present = refreshed(first).refreshToken();
        time.advance(Duration.ofSeconds(9));

        assertThat(refreshed(first).refreshToken()).isEqualTo(present);
        time.advance(Duration.ofSeconds(1));
        assertThat(refreshed(first).status()).isEqualTo(400);
    }

    @Test
    void refreshToken_afterItsLife_isRefused() throws IOException {
        String token = baanx.signIn("u");
        time.advance(Duration.ofDays(7).minusSeconds(1));
        String second = refreshed(token).refreshToken();
        baanx.refreshTokenLife(Duration.ofDays(184));
        time.advance(Duration.ofDays(7).minusSeconds(1));
        assertThat(baanx.isActive(second)).isTrue();
        time.advance(Duration.ofSeconds(1));

        assertThat(baanx.isActive(second)).isFalse();
        assertThat(refreshed(second).text()).isEqualTo(error("baanx-refresh").body());
        assertThat(baanx.violations()).isEmpty();
        assertThat(refreshed(baanx.signIn("u"))
                        .json()
                        .path("refresh_token_expires_in")
                        .intValue())
                .isEqualTo(15_897_600);
    }

    @Test
    void refreshTokenLife_isLeftOutWhenTold() throws IOException {
        baanx.sendRefreshTokenLife(false);

        assertThat(refreshed(baanx.signIn("u")).json().has("refresh_token_expires_in"))
                .isFalse();
    }

    @Test
    void refreshToken_ofAnotherClient_isRefusedAndStaysGood() throws IOException {
        baanx.registerClient("second");
        String token = baanx.signInBy("second", "u");

        assertThat(refreshed(token).text()).isEqualTo(error("baanx-refresh").body());
        assertThat(baanx.isActive(token)).isTrue();
    }

    @Test
    void secretKey_isTakenOnTokenRequestsAndNotedOnApiCalls() throws IOException {
        baanx.registerClient("key", "secret");
        TokenCall.Result result = call().header("x-secret-key", "secret").send(HTTP, refresh(baanx.signIn("u")));
        assertThat(result.status()).isEqualTo(200);
        assertThat(baanx.violations()).isEmpty();

        baanx.nextApi(Answer.status(503));
        api("/v1/user", result.accessToken()).header("x-secret-key", "secret").get(HTTP);

        assertThat(baanx.violations()).hasSize(1).allMatch(text -> text.startsWith("API request 1: x-secret-key"));
    }

    @Test
    void authorization_onATokenRequest_isNotedOnce() throws IOException {
        String token = baanx.signIn("u");
        call().bearer("any").send(HTTP, refresh(token));

        assertThat(baanx.violations()).hasSize(1);
        assertThat(baanx.isActive(token)).isTrue();
    }

    @Test
    void usEnvironment_thatIsRequired_mustBeNamed() throws IOException {
        String token = token();
        baanx.requireUsEnvironment(true);

        assertThat(api("/v1/user", token).get(HTTP).status()).isEqualTo(404);
        assertThat(api("/v1/user", token).header("x-us-env", "false").get(HTTP).status())
                .isEqualTo(404);
        assertThat(api("/v1/user", token).header("x-us-env", "true").get(HTTP).status())
                .isEqualTo(200);
        assertThat(call().header("x-us-env", "true")
                        .send(HTTP, refresh(baanx.signIn("u")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void logout_endsOneSession_revokeEndsAllOfTheUser() throws IOException {
        String other = refreshed(baanx.signIn("v")).accessToken();
        String first = token();
        TokenCall.Result second = refreshed(baanx.signIn("u"));
        String third = token();

        TokenCall.Result logout = api("/v1/auth/logout", first).send(HTTP);
        assertThat(logout.text()).isEqualTo("{\"success\":true}");
        assertThat(List.of(first, second.accessToken(), third))
                .map(baanx::isActive)
                .containsExactly(false, true, true);

        TokenCall.Result revoke = api("/v1/auth/oauth/revoke", third).delete(HTTP);
        assertThat(revoke.text()).isEqualTo("{\"success\":true}");
        assertThat(List.of(second.accessToken(), second.refreshToken(), third, other))
                .map(baanx::isActive)
                .containsExactly(false, false, false, true);
    }

    @Test
    void token_afterSixHours_isRefused() throws IOException {
        String token = token();
        time.advance(Duration.ofHours(6));

        assertThat(api("/v1/any", token).get(HTTP).text())
                .isEqualTo(error("baanx-401").body());
    }

    @Test
    void told_answersAsBaanxDoes() throws IOException {
        baanx.rateLimit();
        assertThat(refreshed("x").text()).isEqualTo(error("baanx-token-429").body());
        assertThat(api("/v1/user", "x").get(HTTP).text())
                .isEqualTo(error("baanx-429").body());

        baanx.goDown();
        assertThat(refreshed("x").status()).isEqualTo(500);
        baanx.recover();
        assertThat(refreshed("x").status()).isEqualTo(400);
    }

    @Test
    void signIn_withoutOneClient_saysWhatToDo() {
        assertThatThrownBy(() -> baanx.signInBy("other", "u")).hasMessageContaining("registerClient");
        baanx.registerClient("second");
        assertThatThrownBy(() -> baanx.signIn("u"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("signInBy(clientKey, userId)");
    }
}
