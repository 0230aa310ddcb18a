package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ApiException;
import dev.latchkey.error.ApiServerException;
import dev.latchkey.error.DisallowedOriginException;
import dev.latchkey.error.InvalidClientException;
import dev.latchkey.error.NotFoundException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.RateLimitedException;
import dev.latchkey.error.TransportException;
import dev.latchkey.testing.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.IntPredicate;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How errors reach a caller: thrown, delivered to onFailure, or given back as they are. */
@Timeout(20)
class InterceptorErrorsTest {

    private static OkHttpClient throwing(World world, IntPredicate statuses) {
        return OAuthInterceptor.builder(world.tokens)
                .throwOn(statuses)
                .build()
                .applyTo(new OkHttpClient.Builder())
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 409, 418, 429, 500, 502, 504, 599})
    void call_errorAnswer_thrownAndItsConnectionGoesBack(int status) {
        try (World world = new World()) {
            world.api.always(Answer.json(status, "{\"message\":\"m-1\"}"));

            assertThatThrownBy(() -> world.status("/things"))
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.status()).isEqualTo(status))
                    .hasMessageContaining("127.0.0.1/things")
                    .hasMessageContaining("m-1");
            assertThat(world.client.connectionPool().connectionCount()).isEqualTo(1);
            world.assertNoConnectionInUse();
        }
    }

    @Test
    void call_errorAnswerBeyondTheLimit_thrownAndItsConnectionIsLetGo() {
        // F-15: what is not read of it must be given up, or each such answer keeps a connection.
        try (World world = new World()) {
            world.api.next(Answer.text(500, "x".repeat(3_000_000)));

            assertThatThrownBy(() -> world.status("/"))
                    .isInstanceOf(ApiServerException.class)
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(3_000));
            world.assertNoConnectionInUse();
        }
    }

    @Test
    void call_absurdRetryAfter_isTypedAllTheSame() {
        try (World world = new World()) {
            for (String value : new String[] {"99999999999", "9".repeat(400), "2147483648", "-1", "3.5e9"}) {
                world.api.always(Answer.status(503).header("Retry-After", value));
                assertThatThrownBy(() -> world.status("/")).as(value).isInstanceOf(ApiServerException.class);
            }
        }
    }

    @Test
    void call_retryAfterOfASuccess_isLeftAsItIs() throws Exception {
        try (World world = new World()) {
            for (String value : new String[] {"0", "99999999999"}) {
                world.api.next(Answer.status(202).header("Retry-After", value));
                try (Response response = world.call("/jobs/1").execute()) {
                    assertThat(response.header("Retry-After")).isEqualTo(value);
                }
            }
            assertThat(world.api.requestCount()).isEqualTo(2);
        }
    }

    @Test
    void call_errorBodyComesByteByByte_isNotWaitedForToItsEnd() {
        // F-08: 1,000 bytes at one each 100 ms are 100 s; the class time-out is 20 s.
        try (World world = new World()) {
            world.api.next(Answer.text(500, "x".repeat(1000)).paced(1, Duration.ofMillis(100)));

            assertThatThrownBy(() -> world.status("/things"))
                    .isInstanceOfSatisfying(
                            ApiServerException.class,
                            e -> assertThat(e.status()).isEqualTo(500));
        }
    }

    @Test
    void call_notThrown_bodyIsStillWhole() throws Exception {
        try (World world = new World()) {
            OkHttpClient client = throwing(world, status -> status >= 500);
            String body = "{\"message\":\"" + "x".repeat(300_000) + "\"}";
            for (int status : new int[] {404, 401}) {
                world.api.next(2, Answer.json(status, body));
                try (Response response =
                        client.newCall(world.request("/").build()).execute()) {
                    assertThat(response.code()).isEqualTo(status);
                    assertThat(response.body().string()).isEqualTo(body);
                }
                world.api.recover();
            }
            world.api.next(Answer.status(500));
            assertThatThrownBy(() -> client.newCall(world.request("/").build()).execute())
                    .isInstanceOf(ApiServerException.class);
        }
    }

    @Test
    void call_401NotThrown_isHealedAllTheSame() throws Exception {
        try (World world = new World()) {
            OkHttpClient client = throwing(world, status -> false);
            world.api.next(Answer.status(401));
            try (Response response = client.newCall(world.request("/").build()).execute()) {
                assertThat(response.code()).isEqualTo(200);
            }
        }
    }

    @Test
    void call_goodAnswer_comesBackUntouched() throws Exception {
        try (World world = new World()) {
            world.api.next(Answer.text(203, "hello").header("x-a", "b"));
            try (Response response = world.call("/").execute()) {
                assertThat(response.code()).isEqualTo(203);
                assertThat(response.header("x-a")).isEqualTo("b");
                assertThat(response.body().string()).isEqualTo("hello");
            }
        }
    }

    @Test
    void enqueue_errorOfEachKind_reachesOnFailureAsItself() throws Exception {
        try (World world = new World()) {
            world.api.next(Answer.status(404));
            assertThat(world.failureOf(world.call("/"))).isInstanceOf(NotFoundException.class);
            world.api.next(Answer.status(429).header("Retry-After", "7"));
            assertThat(world.failureOf(world.call("/")))
                    .isInstanceOfSatisfying(
                            RateLimitedException.class,
                            e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(7)));
            Request foreign =
                    new Request.Builder().url("https://other.example/").build();
            assertThat(world.failureOf(world.client.newCall(foreign))).isInstanceOf(DisallowedOriginException.class);
        }
    }

    @Test
    void enqueue_noTokenToBeHad_reachesOnFailureAsItself() throws Exception {
        try (World world = new World(manager -> manager.clientId("unknown"), http -> http)) {
            assertThat(world.failureOf(world.call("/"))).isInstanceOf(InvalidClientException.class);
            assertThat(world.api.requestCount()).isZero();
        }
    }

    @Test
    void enqueue_managerClosedWhileWaiting_reachesOnFailureTyped() throws Exception {
        try (World world = new World()) {
            world.server.hold();
            var waiting = World.enqueued(world.call("/"));
            world.server.awaitRequests(1);
            world.tokens.close();

            assertThatThrownBy(waiting::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TransportException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void enqueue_managerClosedBefore_reachesOnFailureWithTheReason() throws Exception {
        try (World world = new World()) {
            world.tokens.close();

            assertThat(world.failureOf(world.call("/")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void tokenAsync_failure_isTheExceptionItselfHoweverItIsKnown() {
        // The first call fails by its flight, the second by what is remembered: a handler sees the same.
        try (World world = new World(manager -> manager.clientId("unknown"), http -> http)) {
            for (int i = 0; i < 2; i++) {
                Throwable seen =
                        world.tokens.tokenAsync().handle((token, e) -> e).join();
                assertThat(seen).isInstanceOf(OAuthException.class);
            }
        }
    }

    @Test
    void token_failureOfASharedFlight_isThrownWithEachCallersOwnStack() {
        try (World world = new World(manager -> manager.clientId("unknown"), http -> http)) {
            assertThatThrownBy(world.tokens::token)
                    .hasCauseInstanceOf(InvalidClientException.class)
                    .satisfies(e -> assertThat(e.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().contains("InterceptorErrorsTest")));
        }
    }
}
