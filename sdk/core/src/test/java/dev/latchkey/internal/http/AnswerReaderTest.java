package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.error.ApiException;
import dev.latchkey.error.ApiServerException;
import java.io.IOException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** F-15, V-11, V-12: never more than the limit, counted in inflated bytes. */
@Timeout(20)
class AnswerReaderTest {
    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient client = new OkHttpClient();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    private Response get() throws IOException {
        return client.newCall(new Request.Builder().url(server.url("/")).build())
                .execute();
    }

    private static Buffer gzip(String text, int times) throws IOException {
        Buffer zipped = new Buffer();
        try (BufferedSink sink = Okio.buffer(new GzipSink(zipped))) {
            for (int i = 0; i < times; i++) {
                sink.writeUtf8(text);
            }
        }
        return zipped;
    }

    @Test
    void readToken_smallBody_isWhole() throws IOException {
        server.enqueue(new MockResponse.Builder()
                .code(201)
                .addHeader("X-Id", "1")
                .body("{\"access_token\":\"t\"}")
                .build());

        try (Response response = get()) {
            HttpAnswer answer = AnswerReader.readToken(response, Answers.NOW);

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("x-id")).contains("1");
            assertThat(answer.text()).isEqualTo("{\"access_token\":\"t\"}");
            assertThat(answer.isTruncated()).isFalse();
            assertThat(answer.receivedAt()).isEqualTo(Answers.NOW);
        }
    }

    @Test
    void readToken_atTheLimit_isWholeAndOneByteMoreIsNot() throws IOException {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(AnswerReader.TOKEN_LIMIT))
                .build());
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(AnswerReader.TOKEN_LIMIT + 1))
                .build());

        try (Response at = get();
                Response over = get()) {
            assertThat(AnswerReader.readToken(at, Answers.NOW).isTruncated()).isFalse();
            HttpAnswer answer = AnswerReader.readToken(over, Answers.NOW);
            assertThat(answer.isTruncated()).isTrue();
            assertThat(answer.body()).hasSize(8192);
        }
    }

    @Test
    void readToken_gzipBomb_stopsAtTheLimit() throws IOException {
        Buffer bomb = gzip("x".repeat(1 << 16), 1024);
        assertThat(bomb.size()).isLessThan(100_000);
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(bomb)
                .build());

        try (Response response = get()) {
            HttpAnswer answer = AnswerReader.readToken(response, Answers.NOW);

            assertThat(answer.isTruncated()).isTrue();
            // 64 MiB would come out: what was buffered is the limit and a little of OkHttp's own
            assertThat(response.body().source().getBuffer().size()).isLessThan(AnswerReader.TOKEN_LIMIT + 65_536L);
        }
    }

    @Test
    void readApi_inflatedBody_isReadable() throws IOException {
        server.enqueue(new MockResponse.Builder()
                .code(400)
                .addHeader("Content-Encoding", "gzip")
                .body(gzip("{\"message\":\"no\"}", 1))
                .build());

        try (Response response = get()) {
            assertThat(AnswerReader.readApi(response, Answers.NOW).text()).isEqualTo("{\"message\":\"no\"}");
        }
    }

    // A cut body of a token answer is a failure of transport, that of an API error does not hide the status.
    @Test
    void read_bodyCut_isAFailureOrAnExcerpt() throws IOException {
        for (int i = 0; i < 2; i++) {
            server.enqueue(new MockResponse.Builder()
                    .code(500)
                    .body("x".repeat(100_000))
                    .onResponseBody(new SocketEffect.CloseSocket())
                    .build());
        }

        try (Response token = get();
                Response api = get()) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> AnswerReader.readToken(token, Answers.NOW));
            HttpAnswer answer = AnswerReader.readApi(api, Answers.NOW);
            assertThat(answer.isTruncated()).isTrue();

            ApiException e = ApiErrors.read(answer, Answers.facts().build());
            assertThat(e).isInstanceOf(ApiServerException.class);
            assertThat(e.remedy()).isNotBlank();
        }
    }

    @Test
    void readApi_beyondTheLimit_isTruncated() throws IOException {
        server.enqueue(new MockResponse.Builder()
                .code(400)
                .body("x".repeat(AnswerReader.API_LIMIT + 1))
                .build());

        try (Response response = get()) {
            assertThat(AnswerReader.readApi(response, Answers.NOW).isTruncated())
                    .isTrue();
        }
    }
}
