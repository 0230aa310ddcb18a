package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of {@code docs/testing.md}, running. */
@Timeout(30)
class ExamplesTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "testing.md");

    private final OkHttpClient http = new OkHttpClient();

    /** The code under test of the examples: it fetches a token and keeps it until ten seconds before its end. */
    private final class MyTokens {

        private final String endpoint;
        private final InstantSource clock;
        private String token = "";
        private Instant until = Instant.MIN;

        MyTokens(String endpoint, InstantSource clock) {
            this.endpoint = endpoint;
            this.clock = clock;
        }

        synchronized String token() throws IOException {
            if (!clock.instant().isBefore(until)) {
                fetch();
            }
            return token;
        }

        private void fetch() throws IOException {
            FormBody form = new FormBody.Builder()
                    .add("grant_type", "client_credentials")
                    .add("client_id", "my-client")
                    .add("client_secret", "my-secret")
                    .build();
            Request request = new Request.Builder()
                    .url(endpoint)
                    .header("Accept", "application/json")
                    .post(form)
                    .build();
            Instant sent = clock.instant();
            try (Response response = http.newCall(request).execute()) {
                JsonNode body = new ObjectMapper().readTree(response.body().string());
                token = body.path("access_token").asText();
                until = sent.plusSeconds(body.path("expires_in").asLong() - 10);
            }
        }
    }

    @Test
    void firstExample() throws IOException {
        try (FakeAuthorizationServer server = FakeAuthorizationServer.start()) {
            server.register(FakeClient.clientSecretPost("my-client", "my-secret"));
            String token = new MyTokens(server.tokenEndpoint(), InstantSource.system()).token();
            assertThat(server.isActive(token)).isTrue();
            assertThat(server.violations()).isEmpty();
        }
    }

    @Test
    void expiry() throws IOException {
        FakeTime time = new FakeTime();
        try (FakeAuthorizationServer server = FakeAuthorizationServer.start(time)) {
            server.register(FakeClient.clientSecretPost("my-client", "my-secret"));
            server.tokenLife(Duration.ofSeconds(60));
            MyTokens tokens = new MyTokens(server.tokenEndpoint(), time);

            String first = tokens.token();
            time.advance(Duration.ofSeconds(50).minusNanos(1));
            assertThat(tokens.token()).isEqualTo(first);

            time.advance(Duration.ofNanos(1));
            assertThat(tokens.token()).isNotEqualTo(first);
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void concurrency() throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool();
        try (FakeAuthorizationServer server = FakeAuthorizationServer.start()) {
            server.register(FakeClient.clientSecretPost("my-client", "my-secret"));
            MyTokens tokens = new MyTokens(server.tokenEndpoint(), InstantSource.system());
            List<Future<String>> callers = new ArrayList<>();

            server.hold();
            for (int i = 0; i < 8; i++) {
                callers.add(executor.submit(tokens::token));
            }
            server.awaitRequests(1);
            server.release();

            for (Future<String> caller : callers) {
                assertThat(server.isActive(caller.get())).isTrue();
            }
            assertThat(server.tokenRequestCount()).isEqualTo(1);
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void failures() throws IOException {
        try (FakeAuthorizationServer server = FakeAuthorizationServer.start();
                FakeApi api = FakeApi.start(server)) {
            server.next(2, Answer.status(503).header("Retry-After", "1"));
            server.next(Answer.disconnectAfterRequest());
            api.next(Answer.html(502, "<h1>Bad gateway</h1>"));
            api.requireHeader("x-client-key", "my-key");

            try (Response response = http.newCall(
                            new Request.Builder().url(api.url("/x")).build())
                    .execute()) {
                assertThat(response.code()).isEqualTo(502);
            }
        }
    }

    @Test
    void signingIn() {
        try (FakeAuthorizationServer server = FakeAuthorizationServer.start()) {
            FakeClient app = FakeClient.none("my-app").redirectUris("https://app.example.com/callback");
            server.register(app.scopes("openid", "read"));
            HttpUrl authorizationUrl = HttpUrl.get(server.authorizationEndpoint())
                    .newBuilder()
                    .addQueryParameter("client_id", "my-app")
                    .addQueryParameter("response_type", "code")
                    .addQueryParameter("redirect_uri", "https://app.example.com/callback")
                    .addQueryParameter("scope", "openid read")
                    .addQueryParameter("state", "state-1")
                    .addQueryParameter("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
                    .addQueryParameter("code_challenge_method", "S256")
                    .build();

            HttpUrl callback = HttpUrl.get(server.signIn(authorizationUrl.toString(), "user-1"));

            assertThat(callback.queryParameter("state")).isEqualTo("state-1");
            assertThat(callback.queryParameter("iss")).isEqualTo(server.issuer());
        }
    }

    @Test
    void simulator() throws IOException {
        String publicJwk = Keys.P384.toPublicJWK().toJSONString();
        try (RedoxSimulator redox = RedoxSimulator.start()) {
            redox.registerKey("my-client", publicJwk);
            MyTokens tokens = new MyTokens(redox.baseUrl() + "/v2/auth/token", InstantSource.system());

            redox.nextError("redox-no-public-key");
            tokens.token();

            assertThat(redox.tokenRequestCount()).isEqualTo(1);
            assertThat(redox.violations()).isEmpty();
        }
    }

    @Test
    void page_everyJavaBlock_isAnExcerptOfThisFile() throws IOException {
        String source = squeezed(
                Files.readString(Path.of("src", "test", "java", "dev", "latchkey", "testing", "ExamplesTest.java")));
        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(block -> squeezed(block.group(1)))
                .toList();

        assertThat(blocks).hasSize(6).allMatch(source::contains);
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}
