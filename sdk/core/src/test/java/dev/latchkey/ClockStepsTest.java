package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.event.TokenRequestSent;
import dev.latchkey.testing.Answer;
import dev.latchkey.testing.RecordedApiRequest;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F-21, F-22, F-42: no API gets a token that has expired, whatever the clocks of this machine do. */
@Timeout(30)
class ClockStepsTest {
    private static final Duration LIFE = Duration.ofMinutes(5);
    /** A life of 300 s is renewed after 228 s to 252 s: 1000 s take 4 or 5 requests. */
    private static final int MOST_RENEWALS = 5;

    private static World world() {
        World world = new World(m -> m.executor(new DirectExecutor()), http -> http);
        world.server.tokenLife(LIFE);
        return world;
    }

    private static void assertNoDeadTokenWasSent(World world) {
        assertThat(world.api.requests()).extracting(RecordedApiRequest::status).containsOnly(200);
    }

    private static void callAllTheWhile(World world, int seconds) throws Exception {
        for (int second = 0; second < seconds; second++) {
            assertThat(world.server.isActive(world.tokenValue())).isTrue();
            if (second % 100 == 0) {
                assertThat(world.status("/")).isEqualTo(200);
            }
            world.time.advance(Duration.ofSeconds(1));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -3_600, -301, -299, -30, -1, 1, 30, 200, 299, 301, 3_600, 86_400})
    void wallClock_stepsUnderLoad_noDeadTokenIsSentAndOneExtraRequestAtMost(long step) throws Exception {
        // F-21: the true time, and with it the server's, does not move.
        try (World world = world()) {
            callAllTheWhile(world, 100);
            world.time.stepWallClock(Duration.ofSeconds(step));
            world.server.assertionSkew(Duration.ofDays(2));
            world.server.assertionLifeLimit(Duration.ofDays(2));
            world.server.clockOffset(Duration.ofSeconds(step));
            callAllTheWhile(world, 900);

            assertNoDeadTokenWasSent(world);
            assertThat(world.server.tokenRequestCount()).isBetween(4, MOST_RENEWALS + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 100, 299, 300, 301, 3_600, 86_400})
    void suspended_tickerStandsStill_wallClockEndsTheToken(long seconds) throws Exception {
        // F-21: a machine that sleeps; its ticker does not count that, its wall clock and the server do.
        try (World world = world()) {
            assertThat(world.status("/before")).isEqualTo(200);
            world.time.stepWallClock(Duration.ofSeconds(seconds));
            world.server.clockOffset(Duration.ofSeconds(seconds));
            if (seconds >= LIFE.toSeconds()) {
                world.server.revokeAll();
            }
            assertThat(world.status("/after")).isEqualTo(200);

            assertNoDeadTokenWasSent(world);
            assertThat(world.server.tokenRequestCount()).isLessThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {300, 3_600, 86_400})
    void suspended_wallClockIsSetBackOnWaking_tickerEndsTheToken(long seconds) throws Exception {
        // F-21: where the ticker counts on, or a hypervisor puts an old time back.
        try (World world = world()) {
            assertThat(world.status("/before")).isEqualTo(200);
            world.time.advance(Duration.ofSeconds(seconds));
            world.time.stepWallClock(Duration.ofSeconds(-seconds));
            world.server.clockOffset(Duration.ofSeconds(-seconds));
            assertThat(world.status("/after")).isEqualTo(200);

            assertNoDeadTokenWasSent(world);
            assertThat(world.server.tokenRequestCount()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-840, -300, -61, 61, 300, 840})
    void serverIsMinutesAway_fromTheStart_oneExtraRequestAndNoDeadTokenIsSent(long seconds) throws Exception {
        // F-22: one correction, which holds from then on.
        try (World world = world()) {
            world.server.sendDate(true);
            world.server.clockOffset(Duration.ofSeconds(seconds));
            callAllTheWhile(world, 1000);

            assertNoDeadTokenWasSent(world);
            assertThat(world.server.tokenRequestCount()).isBetween(4, MOST_RENEWALS + 1);
            assertThat(world.events.of(TokenRequestSent.class)).hasSize(world.server.tokenRequestCount());
        }
    }

    @Test
    void clocksStandStill_serverDown_nothingSpins() throws Exception {
        // F-42: 5 % of a processor or less while callers wait for a pause that never ends.
        ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
        try (World world = new World()) {
            world.server.always(Answer.status(503));
            CompletableFuture<?> waiting = world.tokens.tokenAsync();
            world.time.awaitScheduled(1);
            long before = ourCpuNanos(cpu);
            assertThat(waiting).satisfies(token -> {
                try {
                    token.get(500, TimeUnit.MILLISECONDS);
                    throw new AssertionError("no token can have come");
                } catch (TimeoutException expected) {
                    assertThat(token).isNotDone();
                }
            });
            assertThat(ourCpuNanos(cpu) - before)
                    .isLessThan(Duration.ofMillis(500).toNanos() / 20);
            assertThat(world.server.tokenRequestCount()).isEqualTo(1);
        }
    }

    private static long ourCpuNanos(ThreadMXBean cpu) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("latchkey")
                        || thread.getName().startsWith("CompletableFutureDelayScheduler"))
                .mapToLong(thread -> Math.max(0, cpu.getThreadCpuTime(thread.getId())))
                .sum();
    }

    /** What the machine calls its strong randomness, and that never has enough of it. */
    public static final class Blocked extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        @Override
        protected void engineSetSeed(byte[] seed) {
            Arrays.fill(seed, (byte) 0);
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            awaitForEver();
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            awaitForEver();
            return new byte[count];
        }

        private static void awaitForEver() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class Starved extends Provider {
        private static final long serialVersionUID = 1L;

        Starved() {
            super("Starved", "1", "randomness that blocks");
            put("SecureRandom.Starved", Blocked.class.getName());
        }
    }

    @Test
    void entropyBlocks_firstTokenComesAllTheSame() throws Exception {
        // F-42: within 2 s; V-31: the strong instance, which may block, is asked by nobody here.
        String strong = Security.getProperty("securerandom.strongAlgorithms");
        Security.addProvider(new Starved());
        Security.setProperty("securerandom.strongAlgorithms", "Starved:Starved");
        try (World warm = new World();
                World world = new World()) {
            // 2 s are enough by far once all classes are loaded; what blocks does so for ever.
            assertThat(warm.tokens.tokenAsync()).succeedsWithin(Duration.ofSeconds(20));
            assertThat(world.tokens.tokenAsync()).succeedsWithin(Duration.ofSeconds(2));
        } finally {
            Security.setProperty("securerandom.strongAlgorithms", strong);
            Security.removeProvider("Starved");
        }
    }
}
