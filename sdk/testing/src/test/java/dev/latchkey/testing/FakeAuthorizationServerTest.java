package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FakeAuthorizationServerTest {

    private static final String SECRET = "very-secret";

    private final FakeTime time = new FakeTime();
    private final FakeAuthorizationServer server = FakeAuthorizationServer.start(time);
    private final OkHttpClient http = new OkHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void register() {
        server.register(FakeClient.clientSecretPost("c", SECRET).refreshTokens(true));
    }

    @AfterEach
    void close() {
        server.close();
        threads.shutdownNow();
    }

    private TokenCall.Result fetch() throws IOException {
        return TokenCall.clientCredentials(server).post("c", SECRET).send(http);
    }

    private List<Future<TokenCall.Result>> fetchInParallel(int count) {
        List<Future<TokenCall.Result>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(threads.submit(this::fetch));
        }
        return calls;
    }

    @Test
    void clientCredentials_privateKeyJwt_issuesAnActiveToken() throws IOException {
        server.register(
                FakeClient.privateKeyJwt("my-client", Keys.jwkSet(Keys.RSA)).scopes("a", "b"));
        String assertion =
                Jwts.minimal("my-client", server.issuer(), time.instant()).sign(Keys.RSA, "RS384");

        TokenCall.Result result =
                TokenCall.clientCredentials(server).assertion(assertion).send(http);

        assertThat(server.isActive(result.accessToken())).isTrue();
        assertThat(server.scopeOf(result.accessToken())).containsExactly("a", "b");
        assertThat(server.violations()).isEmpty();
    }

    @Test
    void hold_requestsOfManyThreads_waitForTheRelease() throws Exception {
        server.hold();
        List<Future<TokenCall.Result>> calls = fetchInParallel(3);

        server.awaitRequests(3);
        assertThat(server.tokenRequests())
                .extracting(RecordedTokenRequest::status)
                .containsExactly(0, 0, 0);
        assertThat(server.issuedTokens()).isEmpty();
        assertThat(calls).noneMatch(Future::isDone);
        server.release();

        for (Future<TokenCall.Result> call : calls) {
            assertThat(call.get().status()).isEqualTo(200);
        }
        assertThat(server.tokenRequests())
                .extracting(RecordedTokenRequest::sequenceNumber)
                .containsExactly(1, 2, 3);
    }

    @Test
    void hold_scriptedMeanwhile_appliesToTheHeldRequest() throws Exception {
        server.hold();
        Future<TokenCall.Result> call = fetchInParallel(1).get(0);
        server.awaitRequests(1);

        server.next(Answer.status(503));
        server.release();

        assertThat(call.get().status()).isEqualTo(503);
    }

    @Test
    void close_whileRequestsAreHeldOrHang_endsThemAndIsIdempotent() {
        server.hold();
        List<Future<TokenCall.Result>> calls = fetchInParallel(1);
        server.awaitRequests(1);
        server.next(Answer.hang());

        server.close();
        server.close();

        assertThatThrownBy(() -> calls.get(0).get()).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void awaitRequests_tooFew_failsAndSaysHowMany() throws InterruptedException {
        Gate gate = new Gate();
        gate.pass();

        gate.awaitArrived(1, Duration.ofMillis(20));

        assertThatThrownBy(() -> gate.awaitArrived(2, Duration.ofMillis(20)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Waited 20 ms for 2 requests, but only 1 arrived");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> server.awaitRequests(1)).isInstanceOf(AssertionError.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void recordedRequest_ofAnAssertion_showsEveryPart() throws IOException {
        server.register(FakeClient.privateKeyJwt("j", Keys.jwkSet(Keys.P256)));
        Jwts jwt = Jwts.minimal("j", server.issuer(), time.instant());

        TokenCall.clientCredentials(server)
                .with("scope", "a b")
                .assertion(jwt.sign(Keys.P256, "ES256"))
                .header("X-Client-Key", "k")
                .send(http);

        RecordedTokenRequest request = server.tokenRequests().get(0);
        assertThat(request.sequenceNumber()).isEqualTo(1);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/oauth2/token");
        assertThat(request.header("x-client-key")).contains("k");
        assertThat(request.headers().get("X-CLIENT-KEY")).containsExactly("k");
        assertThat(request.parameters())
                .containsKeys("grant_type", "scope", "client_assertion", "client_assertion_type");
        assertThat(request.parameter("scope")).contains("a b");
        assertThat(request.clientId()).contains("j");
        assertThat(request.assertionHeader()).isEqualTo(Map.of("typ", "JWT", "kid", "p256", "alg", "ES256"));
        assertThat(request.assertionClaims()).containsEntry("iss", "j").containsKey("exp");
        assertThat(request.jti()).contains(jwt.claims.get("jti").toString());
        assertThat(request.status()).isEqualTo(200);
        assertThat(request.error()).isEmpty();
        assertThatThrownBy(() -> request.parameters().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> request.headers().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> request.assertionClaims().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void builder_paths_makeUpTheAddresses() throws IOException {
        try (FakeAuthorizationServer other = FakeAuthorizationServer.builder()
                .issuerPath("/realms/one")
                .tokenPath("/token")
                .time(InstantSource.fixed(FakeTime.START))
                .tokenLife(Duration.ofSeconds(7))
                .start()) {
            other.register(FakeClient.clientSecretPost("c", "s"));

            assertThat(other.issuer()).isEqualTo("http://127.0.0.1:" + other.port() + "/realms/one");
            assertThat(other.tokenEndpoint()).isEqualTo(other.issuer() + "/token");
            TokenCall.Result result =
                    TokenCall.clientCredentials(other).post("c", "s").send(http);
            assertThat(result.json().path("expires_in").asInt()).isEqualTo(7);
        }
        assertThatThrownBy(() -> FakeAuthorizationServer.builder().issuerPath("realms"))
                .hasMessage("path must start with a slash and not end with one, or be empty, but is realms");
        assertThatThrownBy(() -> FakeAuthorizationServer.builder().tokenPath("/token/"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void strings_ofEveryPublicType_holdNoSecret() throws IOException {
        String token = fetch().accessToken();
        RecordedTokenRequest request = server.tokenRequests().get(0);

        assertThat(request).hasToString("RecordedTokenRequest[1: POST /oauth2/token by c, answered 200]");
        assertThat(server).hasToString("FakeAuthorizationServer[" + server.issuer() + ", 1 token requests]");
        assertThat(FakeClient.clientSecretPost("c", SECRET)).hasToString("FakeClient[c, client_secret_post]");
        assertThat(FakeClient.clientSecretPost("c", SECRET).credential().toString())
                .doesNotContain(SECRET);
        assertThat(new BasicCredentials("c", SECRET).toString()).doesNotContain(SECRET);
        assertThat(server.accessTokens().find(token).orElseThrow().toString()).doesNotContain(token);
        assertThat(request.error()).isEmpty();
    }

    @Test
    void recordedRequest_refused_showsTheErrorInItsString() throws IOException {
        TokenCall.clientCredentials(server).post("c", "wrong").send(http);

        assertThat(server.tokenRequests().get(0))
                .hasToString("RecordedTokenRequest[1: POST /oauth2/token by c, answered 401 invalid_client]");
    }
}
