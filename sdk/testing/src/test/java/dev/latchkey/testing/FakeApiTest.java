package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class FakeApiTest {

    private final FakeTime time = new FakeTime();
    private final FakeAuthorizationServer server = FakeAuthorizationServer.start(time);
    private final FakeApi api = FakeApi.start(server);
    private final OkHttpClient http = new OkHttpClient();

    private record Result(int status, String challenge, String body) {}

    @AfterEach
    void close() {
        api.close();
        server.close();
    }

    private Request.Builder request(String path) {
        return new Request.Builder().url(api.url(path));
    }

    private Result send(Request.Builder request) throws IOException {
        try (Response response = http.newCall(request.build()).execute()) {
            String challenge = response.header("WWW-Authenticate", "");
            return new Result(response.code(), challenge, response.body().string());
        }
    }

    private Result sendWith(String token) throws IOException {
        return send(request("/x").header("Authorization", "Bearer " + token));
    }

    @Test
    void goodToken_anyPath_isAnsweredWithOk() throws IOException {
        String token = server.issueAccessToken("c");

        Result result = send(request("patients/7?a=b").header("Authorization", "bearer " + token));

        assertThat(result).isEqualTo(new Result(200, "", "{\"ok\":true,\"path\":\"/patients/7\"}"));
        assertThat(api.requestCount()).isEqualTo(1);
    }

    @Test
    void noToken_bareChallenge() throws IOException {
        Result result = send(request("/x"));

        assertThat(result.status()).isEqualTo(401);
        assertThat(result.challenge()).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer unknown", "Bearer  two spaces", "Basic abc", "Bearer"})
    void unknownToken_isRefused(String header) throws IOException {
        Result result = send(request("/x").header("Authorization", header));

        assertThat(result.status()).isEqualTo(401);
        assertThat(result.challenge())
                .isEqualTo(
                        "Bearer error=\"invalid_token\", error_description=\"The access token was not issued here\"");
    }

    @Test
    void expiredAndRevokedToken_areRefusedForTheirReason() throws IOException {
        String expired = server.issueAccessToken("c");
        time.advance(Duration.ofMinutes(5));
        String revoked = server.issueAccessToken("c");
        server.revoke(revoked);

        assertThat(sendWith(expired).challenge()).contains("error_description=\"The access token expired\"");
        assertThat(sendWith(revoked).challenge()).contains("error_description=\"The access token was revoked\"");
        assertThat(sendWith(revoked).body()).isEqualTo("{\"error\":\"invalid_token\"}");
    }

    @Test
    void twoAuthorizationHeaders_areRefused() throws IOException {
        String token = server.issueAccessToken("c");

        Result result = send(request("/x")
                .addHeader("Authorization", "Bearer " + token)
                .addHeader("Authorization", "Bearer " + token));

        assertThat(result.status()).isEqualTo(400);
        assertThat(result.challenge()).contains("invalid_request");
    }

    @Test
    void requireHeader_absentOrWrong_comesBeforeTheToken() throws IOException {
        api.requireHeader("x-client-key", "key");
        String token = server.issueAccessToken("c");

        assertThat(send(request("/x"))).isEqualTo(new Result(499, "", "{\"message\":\"Token Required\"}"));
        assertThat(send(request("/x").header("x-client-key", "other")))
                .isEqualTo(new Result(498, "", "{\"message\":\"Invalid Token\"}"));
        assertThat(send(request("/x").header("X-Client-Key", "key")).status()).isEqualTo(401);
        assertThat(send(request("/x").header("x-client-key", "key").header("Authorization", "Bearer " + token))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void requireScope_missing_isRefused() throws IOException {
        api.requireScope("write");

        Result result = sendWith(server.issueAccessToken("c", "read"));

        assertThat(result.status()).isEqualTo(403);
        assertThat(result.challenge()).isEqualTo("Bearer error=\"insufficient_scope\", scope=\"write\"");
        assertThat(sendWith(server.issueAccessToken("c", "read", "write")).status())
                .isEqualTo(200);
        api.requireScope("");
        assertThat(sendWith(server.issueAccessToken("c")).status()).isEqualTo(200);
    }

    @Test
    void script_answersInOrderThenRecovers() throws IOException {
        String token = server.issueAccessToken("c");
        api.next(Answer.status(503));
        api.always(Answer.json(429, "{}").header("Retry-After", "1"));

        assertThat(sendWith(token).status()).isEqualTo(503);
        assertThat(sendWith(token).status()).isEqualTo(429);
        api.recover();

        assertThat(sendWith(token).status()).isEqualTo(200);
        assertThat(api.requests()).extracting(RecordedApiRequest::status).containsExactly(503, 429, 200);
    }

    @Test
    void recordedRequest_showsEveryPart() throws IOException {
        String token = server.issueAccessToken("c");

        send(request("/x?a=b")
                .header("Authorization", "Bearer " + token)
                .header("x-key", "k")
                .post(RequestBody.create("hello", null)));

        RecordedApiRequest recorded = api.requests().get(0);
        assertThat(recorded.sequenceNumber()).isEqualTo(1);
        assertThat(recorded.method()).isEqualTo("POST");
        assertThat(recorded.path()).isEqualTo("/x");
        assertThat(recorded.query()).isEqualTo("a=b");
        assertThat(recorded.header("X-KEY")).contains("k");
        assertThat(recorded.headers()).containsKey("x-key");
        assertThat(recorded.body()).isEqualTo("hello");
        assertThat(recorded.bearerToken()).contains(token);
        assertThat(recorded).hasToString("RecordedApiRequest[1: POST /x, answered 200]");
        assertThat(api).hasToString("FakeApi[" + api.origin() + ", 1 requests]");
    }

    @Test
    void hold_tokenRevokedInFlight_isRefused() throws Exception {
        String token = server.issueAccessToken("c");
        api.hold();
        var thread = java.util.concurrent.Executors.newSingleThreadExecutor();
        try {
            var call = thread.submit(() -> sendWith(token));
            api.awaitRequests(1);
            server.revoke(token);
            api.release();

            assertThat(call.get().status()).isEqualTo(401);
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void close_twice_leavesTheAuthorizationServerRunning() throws IOException {
        api.close();
        api.close();

        server.register(FakeClient.clientSecretPost("c", "s"));
        assertThat(TokenCall.clientCredentials(server).post("c", "s").send(http).status())
                .isEqualTo(200);
    }
}
