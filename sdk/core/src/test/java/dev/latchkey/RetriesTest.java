package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.event.TokenRequestFailed;
import dev.latchkey.testing.Answer;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.token.AccessToken;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which faults are tried again, when, and how often. */
@Timeout(20)
class RetriesTest {
    private final FakeTime time = new FakeTime();
    private final EventLog events = new EventLog();
    private final FakeAuthorizationServer server = FakeAuthorizationServer.start(time);

    @BeforeEach
    void register() {
        Fixtures.register(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** All runs on the calling thread; pauses are the longest that full jitter can draw. */
    private TokenManager manager() {
        TokenManager.Builder builder =
                Fixtures.manager(server, time).eventListener(events).executor(new DirectExecutor());
        builder.settings.random = () -> 1;
        return builder.build();
    }

    static List<Named<Answer>> transient_() {
        return List.of(
                Named.of("408", Answer.status(408)),
                Named.of("429", Answer.status(429)),
                Named.of("500", Answer.status(500)),
                Named.of("502 html", Answer.html(502, "<h1>Bad gateway</h1>")),
                Named.of("503", Answer.status(503)),
                Named.of("504", Answer.status(504)),
                Named.of("temporarily_unavailable", Answer.json(400, "{\"error\":\"temporarily_unavailable\"}")),
                Named.of("reset", Answer.disconnectAfterRequest()),
                Named.of("closed", Answer.disconnectBeforeRead()),
                Named.of("cut", Answer.truncated()));
    }

    static List<Named<Answer>> lasting() {
        return List.of(
                Named.of("invalid_client", Answer.json(401, "{\"error\":\"invalid_client\"}")),
                Named.of("invalid_request", Answer.json(400, "{\"error\":\"invalid_request\"}")),
                Named.of("invalid_scope", Answer.json(400, "{\"error\":\"invalid_scope\"}")),
                Named.of("invalid_grant", Answer.json(400, "{\"error\":\"invalid_grant\"}")),
                Named.of("unauthorized_client", Answer.json(400, "{\"error\":\"unauthorized_client\"}")),
                Named.of("own code", Answer.json(400, "{\"error\":\"tenant_asleep\"}")),
                Named.of("redirect", Answer.redirect(302, "/login")),
                Named.of("no token", Answer.json(200, "{}")));
    }

    @ParameterizedTest
    @MethodSource("transient_")
    void token_passingFault_isHealedWithinTheCall(Answer fault) throws Exception {
        server.next(3, fault);
        try (TokenManager tokens = manager()) {
            CompletableFuture<AccessToken> token = tokens.tokenAsync();
            for (Duration pause : List.of(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800))) {
                int before = server.tokenRequestCount();
                time.advance(pause.minusNanos(1));
                assertThat(server.tokenRequestCount()).isEqualTo(before);
                time.advance(Duration.ofNanos(1));
                assertThat(server.tokenRequestCount()).isEqualTo(before + 1);
            }

            assertThat(token.get(5, TimeUnit.SECONDS)).isNotNull();
            assertThat(server.tokenRequestCount()).isEqualTo(4);
            assertThat(server.repeatedJtiCount()).isZero();
            assertThat(events.of(TokenRequestFailed.class)).hasSize(3);
        }
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void token_lastingFault_isNotTriedAgain(Answer fault) {
        server.always(fault);
        try (TokenManager tokens = manager()) {
            for (int i = 0; i < 100; i++) {
                assertThat(tokens.tokenAsync()).isCompletedExceptionally();
            }
            time.advance(Duration.ofSeconds(23));
            assertThat(tokens.tokenAsync()).isCompletedExceptionally();

            assertThat(server.tokenRequestCount()).isEqualTo(1);
            assertThat(time.scheduledCount()).isZero();
        }
    }

    @Test
    void token_retryAfterZero_triedAgainAtOnceThreeTimes() {
        server.always(Answer.status(503).header("Retry-After", "0"));
        try (TokenManager tokens = manager()) {
            CompletableFuture<AccessToken> token = tokens.tokenAsync();
            time.advance(Duration.ZERO);

            assertThat(token).isCompletedExceptionally();
            assertThat(server.tokenRequestCount()).isEqualTo(4);
        }
    }

    @Test
    void token_retryAfterAsDate_isWaitedFor() {
        //
        String date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                .withZone(ZoneOffset.UTC)
                .format(time.instant().plusSeconds(3));
        server.next(Answer.status(503).header("Retry-After", date));
        try (TokenManager tokens = manager()) {
            CompletableFuture<AccessToken> token = tokens.tokenAsync();
            time.advance(Duration.ofMillis(2_999));
            assertThat(token).isNotDone();
            time.advance(Duration.ofMillis(1));

            assertThat(token).isCompleted();
        }
    }

    @Test
    void token_absurdRetryAfter_isBounded() {
        // OkHttp reads this header of a 503 itself and lets a NumberFormatException out.
        server.always(Answer.status(503).header("Retry-After", "999999999999"));
        try (TokenManager tokens = manager()) {
            assertThat(tokens.tokenAsync()).isCompletedExceptionally();
            server.recover();
            time.advance(Duration.ofHours(1).minusNanos(1));
            assertThat(tokens.tokenAsync()).isCompletedExceptionally();
            time.advance(Duration.ofNanos(1));

            assertThat(tokens.tokenAsync()).isCompleted();
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void token_unreadableRetryAfter_isNoAdvice() {
        for (String value : List.of("-5", "soon", "1e9", "0x10", "2026-01-01")) {
            server.next(Answer.status(503).header("Retry-After", value));
            try (TokenManager tokens = manager()) {
                CompletableFuture<AccessToken> token = tokens.tokenAsync();
                time.advance(Duration.ofMillis(200));
                assertThat(token).as(value).isCompleted();
            }
        }
    }

    @Test
    void token_outageOfManyKeys_retriesAreBoundedTogether() {
        // F-12: 400 keys would make 1200 retries; the budget of the manager lets 100 through.
        server.always(Answer.status(503).header("Retry-After", "0"));
        try (TokenManager tokens = manager()) {
            for (int key = 0; key < 400; key++) {
                CompletableFuture<AccessToken> token = tokens.scope("s" + key).tokenAsync();
                time.advance(Duration.ZERO);
                assertThat(token).isCompletedExceptionally();
            }
            assertThat(server.tokenRequestCount()).isEqualTo(500);
        }
    }

    @Test
    void token_longOutageWhileTheTokenLives_twelveProbesAMinuteAtMost() throws Exception {
        // F-05, with the least pauses that jitter can draw.
        server.tokenLife(Duration.ofHours(2));
        try (TokenManager tokens = manager()) {
            tokens.token();
            server.always(Answer.status(503));
            time.advance(Duration.ofMinutes(116));
            for (int minute = 0; minute < 3; minute++) {
                int before = server.tokenRequestCount();
                for (int tick = 0; tick < 600; tick++) {
                    tokens.token();
                    time.advance(Duration.ofMillis(100));
                }
                assertThat(server.tokenRequestCount() - before).isBetween(5, 12);
            }
        }
    }

    @Test
    void token_flappingServer_nearlyAllCallsSucceed() {
        // F-11 in small: 3 of 4 requests fail.
        try (TokenManager tokens = manager()) {
            int succeeded = 0;
            for (int call = 0; call < 40; call++) {
                server.next(3, Answer.status(503).header("Retry-After", "0"));
                CompletableFuture<AccessToken> token = tokens.scope("s" + call).tokenAsync();
                time.advance(Duration.ofSeconds(1));
                succeeded += token.isDone() && !token.isCompletedExceptionally() ? 1 : 0;
            }
            assertThat(succeeded).isEqualTo(40);
            assertThat(server.tokenRequestCount()).isEqualTo(160);
        }
    }

    @Test
    void token_executorIsFullWhenARetryIsDue_callersAreToldNotLeftWaiting() {
        AtomicInteger left = new AtomicInteger(1);
        DirectExecutor direct = new DirectExecutor() {
            @Override
            public void execute(Runnable task) {
                if (left.getAndDecrement() <= 0) {
                    throw new RejectedExecutionException("full");
                }
                super.execute(task);
            }
        };
        server.next(Answer.status(503));
        try (TokenManager tokens =
                Fixtures.manager(server, time).executor(direct).build()) {
            CompletableFuture<AccessToken> token = tokens.tokenAsync();
            time.advance(Duration.ofSeconds(1));
            assertThatThrownBy(() -> token.get(1, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("executor");

            time.advance(Duration.ofSeconds(1));
            left.set(1);
            assertThat(tokens.tokenAsync()).isCompleted();
        }
    }

    @Test
    void close_whileARetryIsPending_wakesCallersAndSendsNothingMore() {
        // F-39
        server.always(Answer.status(503));
        TokenManager tokens = manager();
        CompletableFuture<AccessToken> token = tokens.tokenAsync();
        assertThat(time.scheduledCount()).isEqualTo(1);
        tokens.close();

        assertThat(token).isCompletedExceptionally();
        time.advance(Duration.ofMinutes(1));
        assertThat(server.tokenRequestCount()).isEqualTo(1);
        assertThat(time.scheduledCount()).isZero();
    }
}
