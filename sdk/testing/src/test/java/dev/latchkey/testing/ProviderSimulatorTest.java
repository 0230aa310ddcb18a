package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all simulators can be told and asked, at the simplest of them. */
@Timeout(30)
class ProviderSimulatorTest {

    private static final OkHttpClient HTTP = new OkHttpClient();

    private final FakeTime time = new FakeTime();
    private final RedoxSimulator redox = RedoxSimulator.start(time);

    @BeforeEach
    void register() {
        redox.registerKey("c", Keys.jwkSet(Keys.P384));
    }

    @AfterEach
    void close() {
        redox.close();
    }

    private TokenCall.Result token() throws IOException {
        String assertion =
                Jwts.minimal("c", redox.tokenEndpoint(), time.instant()).sign(Keys.P384, "ES384");
        return TokenCall.to(redox.tokenEndpoint())
                .with("grant_type", "client_credentials")
                .assertion(assertion)
                .send(HTTP);
    }

    private TokenCall.Result api(String token) throws IOException {
        return TokenCall.to(redox.baseUrl() + "/endpoint").bearer(token).get(HTTP);
    }

    static List<DocumentedError> redoxErrors() {
        return DocumentedError.all().stream()
                .filter(error -> error.id().startsWith("redox-"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("redoxErrors")
    void nextError_answersTheNextRequestAtItsEndpoint(DocumentedError error) throws IOException {
        String token = token().accessToken();
        redox.nextError(error.id());

        TokenCall.Result spoilt = error.endpoint().equals("api") ? api(token) : token();

        assertThat(spoilt.text()).isEqualTo(error.body());
        assertThat(spoilt.status()).isEqualTo(error.status());
        assertThat(api(token).status()).isEqualTo(200);
        assertThat(token().status()).isEqualTo(200);
    }

    @Test
    void nextError_ofAnotherProvider_namesThoseOfThis() {
        assertThatThrownBy(() -> redox.nextError("olx-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("olx-1")
                .hasMessageContaining("redox-no-kid");
        assertThat(redox.errors()).hasSize(redoxErrors().size());
    }

    @Test
    void scripts_ofTokenRequestsAndApiCalls_areApart() throws IOException {
        String token = token().accessToken();
        redox.next(Answer.status(503));
        redox.nextApi(2, Answer.status(504));

        assertThat(api(token).status()).isEqualTo(504);
        assertThat(token().status()).isEqualTo(503);
        assertThat(api(token).status()).isEqualTo(504);
        assertThat(api(token).status()).isEqualTo(200);
        assertThat(token().status()).isEqualTo(200);
    }

    @Test
    void recover_forgetsBothScripts() throws IOException {
        String token = token().accessToken();
        redox.next(Answer.status(503));
        redox.alwaysApi(Answer.status(504));

        redox.recover();

        assertThat(api(token).status()).isEqualTo(200);
        assertThat(token().status()).isEqualTo(200);
    }

    @Test
    void rateLimit_untilRecover_answersEverythingWith429() throws IOException {
        String token = token().accessToken();
        redox.rateLimit();

        assertThat(api(token).text()).isEqualTo("{\"message\":\"Too Many Requests\"}");
        assertThat(token().status()).isEqualTo(429);

        redox.recover();
        assertThat(api(token).status()).isEqualTo(200);
    }

    @Test
    void goDown_answersEverythingWithTheDocumentedStatus() throws IOException {
        redox.goDown();

        assertThat(api("x").status()).isEqualTo(500);
        assertThat(token().status()).isEqualTo(500);
        assertThat(redox.issuedTokens()).isEmpty();
    }

    @Test
    void answerHtml_answersEverythingWithAWebPage() throws IOException {
        redox.answerHtml();

        assertThat(api("x").header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(token().status()).isEqualTo(502);
    }

    @Test
    void token_revokedOrExpired_isRefused() throws IOException {
        List<String> tokens = List.of(token().accessToken(), token().accessToken(), token().accessToken());
        redox.revoke(tokens.get(0));
        redox.expire(tokens.get(1));

        assertThat(tokens).map(redox::isActive).containsExactly(false, false, true);
        assertThat(api(tokens.get(0)).status()).isEqualTo(401);
        assertThat(api(tokens.get(1)).status()).isEqualTo(401);
        assertThat(api(tokens.get(2)).status()).isEqualTo(200);
        assertThat(redox.issuedTokens()).isEqualTo(tokens);
    }

    @Test
    void allTokens_expiredOrRevoked_areRefusedAndNewOnesGood() throws IOException {
        String first = token().accessToken();
        redox.expireAll();
        String second = token().accessToken();
        assertThat(List.of(first, second)).map(redox::isActive).containsExactly(false, true);

        redox.revokeAll();
        assertThat(redox.isActive(second)).isFalse();
        assertThat(redox.isActive(token().accessToken())).isTrue();
    }

    @Test
    void date_byTheServersClock_isOnEveryAnswerUnlessTold() throws IOException {
        redox.clockOffset(Duration.ofHours(1));
        assertThat(token().header("Date")).contains("Thu, 01 Jan 2026 01:00:00 GMT");
        assertThat(api("x").header("Date")).contains("Thu, 01 Jan 2026 01:00:00 GMT");
        redox.goDown();
        assertThat(api("x").header("Date")).isPresent();

        redox.sendDate(false);
        assertThat(api("x").header("Date")).isEmpty();
        assertThat(token().header("Date")).isEmpty();
    }

    @Test
    void clock_thatIsOff_refusesGoodAssertionsAndKeepsTokensAlive() throws IOException {
        String token = token().accessToken();
        redox.clockOffset(Duration.ofHours(1));

        assertThat(token().status()).isEqualTo(400);
        assertThat(redox.isActive(token)).isTrue();
    }

    @Test
    void tokenLife_holdsForNewTokens() throws IOException {
        redox.tokenLife(Duration.ofSeconds(7));
        TokenCall.Result result = token();
        time.advance(Duration.ofSeconds(7));

        assertThat(result.json().path("expires_in").asInt()).isEqualTo(7);
        assertThat(redox.isActive(result.accessToken())).isFalse();
    }

    @Test
    void requests_areCountedApartAndShowNoSecret() throws IOException {
        String token = token().accessToken();
        api(token);
        api("unknown");

        assertThat(redox.tokenRequestCount()).isEqualTo(1);
        assertThat(redox.apiRequestCount()).isEqualTo(2);
        assertThat(redox.tokenRequests().get(0).clientId()).contains("c");
        assertThat(redox.apiRequests()).map(RecordedApiRequest::status).containsExactly(200, 401);
        assertThat(redox).hasToString("RedoxSimulator[" + redox.baseUrl() + ", 1 token requests, 2 API requests]");
        assertThat(redox.baseUrl()).isEqualTo("http://127.0.0.1:" + redox.port());
        assertThat(redox.tokenEndpoint()).isEqualTo(redox.baseUrl() + "/v2/auth/token");
    }

    private int status() {
        try {
            return token().status();
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void hold_keepsTokenRequestsOnly() throws IOException {
        String token = token().accessToken();
        redox.hold();
        CompletableFuture<Integer> held = CompletableFuture.supplyAsync(this::status, task -> new Thread(task).start());
        redox.awaitRequests(2);

        assertThat(api(token).status()).isEqualTo(200);
        assertThat(held).isNotDone();

        redox.release();
        assertThat(held.join()).isEqualTo(200);
    }
}
