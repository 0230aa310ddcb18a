package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.TransportException;
import dev.latchkey.event.TokenRequestSent;
import dev.latchkey.testing.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** F-19, R-64, V-13: half-closed, reset, going away, stream refused, at each step of an exchange, over HTTP/1.1 and HTTP/2. */
@Timeout(30)
class SocketEffectsTest {
    private static final HeldCertificate CERTIFICATE =
            new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    private static final HandshakeCertificates TLS = new HandshakeCertificates.Builder()
            .heldCertificate(CERTIFICATE)
            .addTrustedCertificate(CERTIFICATE.certificate())
            .build();
    private static final int REFUSED_STREAM = 7;
    private static final int CANCEL = 8;
    private static final int INTERNAL_ERROR = 2;

    /** What OkHttp says of connections that are broken on purpose. */
    private static final Logger NOISE = Logger.getLogger(OkHttpClient.class.getName());

    private final FakeTime time = new FakeTime();
    private final EventLog events = new EventLog();
    private final MockWebServer server = new MockWebServer();
    private final Queue<MockResponse> script = new ConcurrentLinkedQueue<>();
    private final OkHttpClient http = new OkHttpClient.Builder()
            .sslSocketFactory(TLS.sslSocketFactory(), TLS.trustManager())
            .build();

    @BeforeAll
    static void quiet() {
        NOISE.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        NOISE.setLevel(null);
    }

    @AfterEach
    void stop() {
        server.close();
        http.connectionPool().evictAll();
    }

    private enum Step {
        REQUEST_START,
        REQUEST_BODY,
        RESPONSE_START,
        RESPONSE_BODY,
        RESPONSE_END;

        boolean isReadWhole() {
            return this == RESPONSE_START || this == RESPONSE_BODY;
        }

        MockResponse with(SocketEffect effect) {
            MockResponse.Builder answer = issued();
            switch (this) {
                case REQUEST_START -> answer.onRequestStart(effect);
                case REQUEST_BODY -> answer.onRequestBody(effect);
                case RESPONSE_START -> answer.onResponseStart(effect);
                case RESPONSE_BODY -> answer.onResponseBody(effect);
                case RESPONSE_END -> answer.onResponseEnd(effect);
            }
            return answer.build();
        }
    }

    private enum Effect {
        CLOSED,
        INPUT_CLOSED,
        OUTPUT_CLOSED,
        STREAM_REFUSED,
        STREAM_CANCELLED,
        STREAM_FAILED,
        GOING_AWAY;

        SocketEffect onTheWire() {
            return switch (this) {
                case CLOSED -> new SocketEffect.CloseSocket(true, false, false);
                case INPUT_CLOSED -> new SocketEffect.CloseSocket(false, true, false);
                case OUTPUT_CLOSED -> new SocketEffect.CloseSocket(false, false, true);
                case STREAM_REFUSED -> new SocketEffect.CloseStream(REFUSED_STREAM);
                case STREAM_CANCELLED -> new SocketEffect.CloseStream(CANCEL);
                case STREAM_FAILED -> new SocketEffect.CloseStream(INTERNAL_ERROR);
                case GOING_AWAY -> SocketEffect.ShutdownConnection.INSTANCE;
            };
        }

        /** TLS knows no connection that is closed in one direction. */
        boolean fits(boolean h2) {
            return !h2 || (this != INPUT_CLOSED && this != OUTPUT_CLOSED);
        }
    }

    static Stream<Arguments> effects() {
        List<Arguments> all = new ArrayList<>();
        for (boolean h2 : List.of(false, true)) {
            for (Step step : Step.values()) {
                Stream.of(Effect.values())
                        .filter(effect -> effect.fits(h2))
                        .forEach(effect -> all.add(Arguments.of(h2 ? "h2" : "h1", step, effect)));
            }
        }
        return all.stream();
    }

    private static MockResponse.Builder issued() {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body("{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":60}");
    }

    private TokenManager started(boolean h2) throws Exception {
        if (h2) {
            server.useHttps(TLS.sslSocketFactory());
        }
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                MockResponse next = script.poll();
                return next == null ? issued().build() : next;
            }

            @Override
            public MockResponse peek() {
                MockResponse next = script.peek();
                return next == null ? issued().build() : next;
            }
        });
        server.start();
        TokenManager.Builder builder = TokenManager.builder(server.url("/token").toString())
                .clientId(Fixtures.CLIENT_ID)
                .signingKey(Fixtures.KEY)
                .clock(time)
                .ticker(time)
                .httpClient(http)
                .requestTimeout(Duration.ofSeconds(1))
                .eventListener(events);
        builder.settings.random = () -> 0;
        return builder.build();
    }

    @ParameterizedTest
    @MethodSource("effects")
    void token_effectOnTheConnection_typedOrServedAndEveryPostIsOneWeSent(String protocol, Step step, Effect effect)
            throws Exception {
        try (TokenManager tokens = started(protocol.equals("h2"))) {
            for (int round = 0; round < 3; round++) {
                tokens.token();
                time.advance(Duration.ofMinutes(1));
                script.add(step.with(effect.onTheWire()));
                script.add(step.with(effect.onTheWire()));
                Object outcome = tokens.tokenAsync()
                        .handle((token, e) -> e == null ? token : e)
                        .join();
                assertThat(outcome).isNotInstanceOf(RuntimeException.class);
                if (outcome instanceof TransportException e) {
                    assertThat(e.isRetryable()).isTrue();
                }
                script.clear();
                time.advance(Duration.ofMinutes(2));
            }
        }
        int attempts = events.of(TokenRequestSent.class).size();
        List<String> posts = posts();
        // What dies before it is read, or on a connection that was dead already, is an attempt that no server saw.
        assertThat(posts).hasSizeBetween(3, attempts);
        if (step.isReadWhole()) {
            assertThat(posts).hasSize(attempts).doesNotHaveDuplicates();
        }
    }

    private List<String> posts() throws InterruptedException {
        List<String> posts = new ArrayList<>();
        for (RecordedRequest seen = next(); seen != null; seen = next()) {
            if ("POST".equals(seen.getMethod())) {
                posts.add(seen.getBody() == null ? "" : seen.getBody().utf8());
            }
        }
        return posts;
    }

    private RecordedRequest next() throws InterruptedException {
        return server.takeRequest(0, TimeUnit.SECONDS);
    }
}
