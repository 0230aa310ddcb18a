package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AnswerTest {

    private final FakeTime time = new FakeTime();
    private final FakeAuthorizationServer server = FakeAuthorizationServer.start(time);
    private final OkHttpClient http = new OkHttpClient.Builder()
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .build();

    @BeforeEach
    void register() {
        server.register(FakeClient.clientSecretPost("c", "s3cret").scopes("a").refreshTokens(true));
        server.register(FakeClient.privateKeyJwt("j", Keys.jwkSet(Keys.P256)));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private TokenCall.Result fetch() throws IOException {
        return fetch(http);
    }

    private TokenCall.Result fetch(OkHttpClient client) throws IOException {
        return TokenCall.clientCredentials(server).post("c", "s3cret").send(client);
    }

    @Test
    void script_severalAnswers_areConsumedInOrder() throws IOException {
        server.next(2, Answer.status(503).header("Retry-After", "2"));
        server.next(Answer.json(400, "{\"error\":\"invalid_scope\"}"));

        TokenCall.Result first = fetch();

        assertThat(first.status()).isEqualTo(503);
        assertThat(first.header("Retry-After")).contains("2");
        assertThat(first.text()).isEmpty();
        assertThat(fetch().status()).isEqualTo(503);
        assertThat(fetch().error()).isEqualTo("invalid_scope");
        assertThat(fetch().status()).isEqualTo(200);
        assertThat(server.tokenRequests())
                .extracting(RecordedTokenRequest::status)
                .containsExactly(503, 503, 400, 200);
        assertThat(server.tokenRequests().get(2).error()).contains("invalid_scope");
        assertThat(server.issuedTokens()).hasSize(1);
    }

    @Test
    void always_untilRecover_answersEveryUnscriptedRequest() throws IOException {
        server.always(Answer.text(500, "down"));
        server.next(Answer.normal());

        assertThat(fetch().status()).isEqualTo(200);
        assertThat(fetch().text()).isEqualTo("down");
        assertThat(fetch().status()).isEqualTo(500);
        server.next(Answer.status(502));
        server.recover();

        assertThat(fetch().status()).isEqualTo(200);
    }

    @Test
    void contents_eachKind_carryTypeAndBody() throws IOException {
        server.next(Answer.html(502, "<p>bad</p>"));
        server.next(Answer.bytes(200, "application/octet-stream", new byte[] {1, 2}));
        server.next(Answer.redirect(307, "https://example.com/"));

        assertThat(fetch().header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(fetch().text()).isEqualTo(new String(new byte[] {1, 2}, StandardCharsets.US_ASCII));
        assertThat(fetch().header("Location")).contains("https://example.com/");
    }

    @Test
    void disconnectAfterRequest_tokenIssuedButNobodyTold() throws IOException {
        server.next(Answer.disconnectAfterRequest());

        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class);

        assertThat(server.issuedTokens()).hasSize(1);
        assertThat(server.tokenRequests().get(0).status()).isZero();
    }

    @Test
    void disconnectBeforeRead_nothingProcessedButRecorded() throws IOException {
        server.next(Answer.disconnectBeforeRead());

        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class);

        assertThat(server.issuedTokens()).isEmpty();
        assertThat(server.tokenRequests().get(0).clientId()).contains("c");
    }

    @Test
    void scripted_assertionSeenAgain_isNotedAndRefused() throws IOException {
        server.next(Answer.status(503));
        server.next(Answer.disconnectBeforeRead());
        String assertion = Jwts.minimal("j", server.issuer(), time.instant()).sign(Keys.P256, "ES256");
        TokenCall call = TokenCall.clientCredentials(server).assertion(assertion);

        call.send(http);
        assertThatThrownBy(() -> call.send(http)).isInstanceOf(IOException.class);
        TokenCall.Result third = call.send(http);

        assertThat(server.repeatedJtiCount()).isEqualTo(2);
        assertThat(server.violations())
                .containsExactly(
                        "Token request 2: The assertion's jti was seen before, in request 1",
                        "Token request 3: The assertion's jti was seen before, in request 1");
        assertThat(third.error()).isEqualTo("invalid_client");
        assertThat(third.reason()).contains("jti was seen before, in request 1");
    }

    @Test
    void hang_impatientClient_requestIsRecordedAndNotProcessed() {
        server.next(Answer.hang());

        assertThatThrownBy(() -> fetch(impatient())).isInstanceOf(InterruptedIOException.class);

        assertThat(server.tokenRequestCount()).isEqualTo(1);
        assertThat(server.issuedTokens()).isEmpty();
    }

    @Test
    void slow_patientClient_getsTheNormalAnswer() throws IOException {
        server.next(Answer.slow(Duration.ofMillis(50)));

        assertThat(server.isActive(fetch().accessToken())).isTrue();
    }

    @Test
    void slow_impatientClient_givesUpThoughTokenWasIssued() {
        server.next(Answer.slow(Duration.ofSeconds(20)));

        assertThatThrownBy(() -> fetch(impatient())).isInstanceOf(InterruptedIOException.class);

        assertThat(server.issuedTokens()).hasSize(1);
    }

    @Test
    void latency_impatientClient_givesUpUntilItIsTakenAway() throws IOException {
        server.latency(Duration.ofSeconds(20));

        assertThatThrownBy(() -> fetch(impatient())).isInstanceOf(InterruptedIOException.class);
        server.latency(Duration.ZERO);

        assertThat(fetch().status()).isEqualTo(200);
    }

    private OkHttpClient impatient() {
        return http.newBuilder().callTimeout(Duration.ofMillis(300)).build();
    }

    @Test
    void truncated_bodyEndsEarly_thoughTokenWasIssued() {
        server.next(Answer.truncated());

        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class).hasMessageContaining("unexpected end");

        assertThat(server.issuedTokens()).hasSize(1);
        assertThat(server.tokenRequests().get(0).status()).isEqualTo(200);
    }

    @Test
    void cut_scriptedBody_endsAfterTheBytes() {
        server.next(Answer.json(200, "{\"access_token\":\"x\"}").cut(3));

        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class);
    }

    @Test
    void dribble_bodyInPieces_arrivesWhole() throws IOException {
        server.next(Answer.dribble(16, Duration.ofMillis(5)));

        assertThat(server.isActive(fetch().accessToken())).isTrue();
    }

    @Test
    void keepAliveThenClose_nextRequestOnThatConnection_isReadAndClosed() throws IOException {
        server.next(Answer.keepAliveThenClose());

        TokenCall.Result first = fetch();
        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class);
        TokenCall.Result third = fetch();

        assertThat(server.isActive(first.accessToken())).isTrue();
        assertThat(server.isActive(third.accessToken())).isTrue();
        assertThat(server.tokenRequests())
                .extracting(RecordedTokenRequest::status)
                .containsExactly(200, 0, 200);
        assertThat(server.issuedTokens()).hasSize(2);
    }

    // V-13, R-24: the re-send that OkHttp makes by itself is seen at the wire.
    @Test
    void keepAliveThenClose_clientThatRetriesByItself_isCountedTwiceAndCaught() throws IOException {
        OkHttpClient retrying = new OkHttpClient();
        server.next(Answer.keepAliveThenClose());
        TokenCall.clientCredentials(server).post("c", "s3cret").send(retrying);
        String assertion = Jwts.minimal("j", server.issuer(), time.instant()).sign(Keys.P256, "ES256");

        TokenCall.Result result =
                TokenCall.clientCredentials(server).assertion(assertion).send(retrying);

        assertThat(server.tokenRequestCount()).isEqualTo(3);
        assertThat(server.repeatedJtiCount()).isEqualTo(1);
        assertThat(result.error()).isEqualTo("invalid_client");
    }

    @Test
    void keepAliveThenClose_oneShotBody_isNotSentAgain() throws IOException {
        OkHttpClient retrying = new OkHttpClient();
        server.next(Answer.keepAliveThenClose());
        TokenCall.clientCredentials(server).post("c", "s3cret").send(retrying);

        assertThatThrownBy(() -> TokenCall.bare(server)
                        .send(retrying, oneShot("grant_type=client_credentials&client_id=c&client_secret=s3cret")))
                .isInstanceOf(IOException.class);

        assertThat(server.tokenRequestCount()).isEqualTo(2);
    }

    private static RequestBody oneShot(String form) {
        return new RequestBody() {
            @Override
            public okhttp3.MediaType contentType() {
                return okhttp3.MediaType.get("application/x-www-form-urlencoded");
            }

            @Override
            public boolean isOneShot() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.writeUtf8(form);
            }
        };
    }

    @Test
    void answer_badArguments_areRefused() {
        assertThatThrownBy(() -> Answer.status(42)).hasMessage("status must be 200 to 599, but is 42");
        assertThatThrownBy(() -> Answer.slow(Duration.ofMillis(-1))).hasMessageContaining("delay");
        assertThatThrownBy(() -> Answer.dribble(0, Duration.ZERO)).hasMessageContaining("bytes");
        assertThatThrownBy(() -> Answer.normal().cut(-1)).hasMessageContaining("afterBytes");
        assertThatThrownBy(() -> Answer.normal().header(" ", "")).hasMessageContaining("name");
        assertThatThrownBy(() -> server.next(-1, Answer.normal())).hasMessageContaining("times");
    }

    @Test
    void answer_toString_hidesBodyAndHeaders() {
        Answer answer = Answer.json(200, "{\"access_token\":\"TOKEN\"}").header("x", "SECRET");

        assertThat(answer.toString()).isEqualTo("Answer[200, ending NONE]");
        assertThat(Answer.hang()).hasToString("Answer[normal, ending HANG]");
    }
}
