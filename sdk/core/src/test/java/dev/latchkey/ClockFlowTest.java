package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.InvalidClientException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.event.ClockCorrected;
import dev.latchkey.event.TokenRequestSent;
import dev.latchkey.testing.Answer;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.token.AccessToken;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that step, differ, or stand still. */
@Timeout(20)
class ClockFlowTest {
    private final FakeTime time = new FakeTime();
    private final EventLog events = new EventLog();
    private final FakeAuthorizationServer server = FakeAuthorizationServer.start(time);

    @BeforeEach
    void register() {
        Fixtures.register(server);
        server.assertionSkew(Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** All requests run on the calling thread. */
    private TokenManager manager() {
        return Fixtures.manager(server, time)
                .eventListener(events)
                .executor(new DirectExecutor())
                .build();
    }

    private static OAuthException failure(TokenManager tokens) {
        Object seen = tokens.tokenAsync().handle((token, e) -> (Object) e).join();
        assertThat(seen).isInstanceOf(OAuthException.class);
        return (OAuthException) seen;
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -3_600, -301, -60, -1, 1, 60, 299, 301, 3_600, 86_400})
    void wallClock_steps_oneExtraRequestAtMostAndNoDeadTokenIsGivenOut(long step) throws Exception {
        // F-21: the wall clock is set right again after the step.
        server.tokenLife(Duration.ofMinutes(5));
        try (TokenManager tokens = manager()) {
            tokens.token();
            time.stepWallClock(Duration.ofSeconds(step));
            server.clockOffset(Duration.ofSeconds(step));
            for (int second = 0; second < 900; second++) {
                assertThat(server.isActive(tokens.token().value())).isTrue();
                time.advance(Duration.ofSeconds(1));
            }
            // A life of 300 s is renewed after 228 s to 252 s: 900 s take 4 or 5 requests.
            assertThat(server.tokenRequestCount()).isBetween(4, 6);
        }
    }

    @Test
    void wallClock_stepsThereAndBack_oneExtraRequestEach() throws Exception {
        try (TokenManager tokens = manager()) {
            AccessToken first = tokens.token();
            time.stepWallClock(Duration.ofHours(1));
            server.clockOffset(Duration.ofHours(1));
            AccessToken second = tokens.token();
            time.stepWallClock(Duration.ofHours(-1));
            server.clockOffset(Duration.ZERO);

            assertThat(second).isNotSameAs(first);
            assertThat(tokens.token()).isSameAs(second);
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-120, -600, 120, 400, 899, -899})
    void serverClock_differs_oneCorrectionOneExtraRequest(long seconds) throws Exception {
        // F-22, R-29
        server.sendDate(true);
        server.clockOffset(Duration.ofSeconds(seconds));
        try (TokenManager tokens = manager()) {
            tokens.token();
            assertThat(server.tokenRequestCount()).isEqualTo(2);
            assertThat(events.of(ClockCorrected.class))
                    .singleElement()
                    .satisfies(event -> assertThat(event.offset()).isEqualTo(Duration.ofSeconds(seconds)));
            assertThat(events.of(TokenRequestSent.class)).hasSize(2);

            tokens.scope("other").token();
            time.advance(Duration.ofMinutes(10));
            tokens.token();
            assertThat(server.tokenRequestCount()).isEqualTo(4);
            assertThat(events.of(ClockCorrected.class)).hasSize(1);
        }
    }

    @Test
    void serverClock_differsByMoreThanAQuarterOfAnHour_notFollowedAndTheRemedyNamesIt() {
        server.sendDate(true);
        server.clockOffset(Duration.ofMinutes(20));
        try (TokenManager tokens = manager()) {
            OAuthException refused = failure(tokens);

            assertThat(refused).isInstanceOf(InvalidClientException.class);
            assertThat(refused.remedy()).contains("1200 s").contains("behind");
            assertThat(server.tokenRequestCount()).isEqualTo(1);
            assertThat(events.of(ClockCorrected.class)).isEmpty();
        }
    }

    @Test
    void serverClock_differsAndTwoKeysAskAtOnce_bothAreHealed() throws Exception {
        // The second refusal finds the clock corrected already; its own assertion was made before that.
        server.sendDate(true);
        server.clockOffset(Duration.ofMinutes(-2));
        server.hold();
        try (TokenManager tokens =
                Fixtures.manager(server, time).eventListener(events).build()) {
            CompletableFuture<AccessToken> one = tokens.tokenAsync();
            CompletableFuture<AccessToken> two = tokens.scope("two").tokenAsync();
            server.awaitRequests(2);
            server.release();

            assertThat(one).succeedsWithin(Duration.ofSeconds(5));
            assertThat(two).succeedsWithin(Duration.ofSeconds(5));
            assertThat(server.tokenRequestCount()).isEqualTo(4);
        }
    }

    @Test
    void serverClock_correctedThenARefusalWithoutDate_correctionStays() throws Exception {
        server.sendDate(true);
        server.clockOffset(Duration.ofMinutes(-2));
        try (TokenManager tokens = manager()) {
            tokens.token();
            server.sendDate(false);
            server.next(Answer.json(401, "{\"error\":\"invalid_client\"}"));
            tokens.reject(tokens.token());
            failure(tokens);
            assertThat(server.tokenRequestCount()).isEqualTo(3);

            time.advance(Duration.ofMinutes(1));
            assertThat(tokens.token()).isNotNull();
            assertThat(server.tokenRequestCount()).isEqualTo(4);
            assertThat(events.of(ClockCorrected.class)).hasSize(1);
        }
    }

    @Test
    void serverClock_differsAndTheServerWantsToBeLeftAlone_itIs() {
        // F-10: a wait that is asked for is no refusal of our times.
        server.sendDate(true);
        server.clockOffset(Duration.ofMinutes(-2));
        server.always(Answer.status(429).header("Retry-After", "120"));
        try (TokenManager tokens = manager()) {
            failure(tokens);

            assertThat(server.tokenRequestCount()).isEqualTo(1);
            assertThat(events.of(ClockCorrected.class)).isEmpty();
        }
    }

    @Test
    void serverClock_refusesTheSecondAssertionToo_noThirdRequest() {
        server.sendDate(true);
        server.clockOffset(Duration.ofMinutes(2));
        server.always(Answer.json(401, "{\"error\":\"invalid_client\"}"));
        try (TokenManager tokens = manager()) {
            for (int i = 0; i < 100; i++) {
                failure(tokens);
            }
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void clock_frozen_neitherSpinsNorAsksAgain() throws Exception {
        // F-42
        try (TokenManager tokens = manager()) {
            AccessToken first = tokens.token();
            for (int i = 0; i < 10_000; i++) {
                assertThat(tokens.token()).isSameAs(first);
            }
            assertThat(server.tokenRequestCount()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "5", "1.5", "\"3\""})
    void tokenLife_tiny_oneRequestPerLifeAndNoLoop(String expiresIn) throws Exception {
        server.always(Answer.json(
                200, "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":" + expiresIn + "}"));
        try (TokenManager tokens = manager()) {
            for (int second = 0; second < 20; second++) {
                for (int call = 0; call < 50; call++) {
                    assertThat(tokens.token().value()).isEqualTo("t");
                }
                time.advance(Duration.ofSeconds(1));
            }
            assertThat(server.tokenRequestCount()).isBetween(4, 20);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.5", "0.001", "-1", "null", "\"\"", "1e400", "\"soon\""})
    void tokenLife_zeroOrSenseless_countsAsNotSaid(String expiresIn) throws Exception {
        server.always(Answer.json(
                200, "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":" + expiresIn + "}"));
        try (TokenManager tokens = manager()) {
            for (int call = 0; call < 100; call++) {
                tokens.token();
            }
            assertThat(server.tokenRequestCount()).isEqualTo(1);
            time.advance(Duration.ofMinutes(5));
            tokens.token();
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void tokenLife_fiveSeconds_renewedBehindWithoutOneWait() throws Exception {
        server.tokenLife(Duration.ofSeconds(5));
        try (TokenManager tokens = manager()) {
            AccessToken before = tokens.token();
            time.advance(Duration.ofMillis(4_500));
            assertThat(tokens.token()).isSameAs(before);
            assertThat(tokens.token()).isNotSameAs(before);
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
    }
}
