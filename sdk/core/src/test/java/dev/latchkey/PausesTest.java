package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.TransportException;
import dev.latchkey.internal.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long to wait after a failure, and how often something may be done. */
@Timeout(10)
class PausesTest {
    /** The ticker overflows soon. */
    private static final long NANOS = Long.parseLong("9223372036854775804");

    private static final long SECOND = 1_000_000_000L;

    private static OAuthException failure(boolean retryable, Duration retryAfter) {
        return new TransportException(ErrorDetails.builder("a", "b")
                .retryable(retryable)
                .retryAfter(retryAfter)
                .build());
    }

    private static Duration setback(int failures, OAuthException cause, double random) {
        Setback setback = null;
        for (int i = 0; i < failures; i++) {
            setback = Setback.after(setback, cause, NANOS, random);
        }
        assertThat(setback.holdsAt(setback.untilNanos() - 1)).isTrue();
        assertThat(setback.holdsAt(setback.untilNanos())).isFalse();
        return Duration.ofNanos(setback.untilNanos() - NANOS);
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 2000", "3, 4000", "4, 8000", "5, 8000", "1000, 8000"})
    void setback_passingFault_doublesToABound(int failures, long millis) {
        assertThat(setback(failures, failure(true, null), 0)).isEqualTo(Duration.ofMillis(millis));
        assertThat(setback(failures, failure(true, null), 1)).isEqualTo(Duration.ofMillis(millis * 4 / 5));
    }

    @ParameterizedTest
    @CsvSource({"1, 30", "2, 60", "3, 120", "4, 240", "5, 300", "1000, 300"})
    void setback_refusal_doublesToABound(int failures, long seconds) {
        assertThat(setback(failures, failure(false, null), 0)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "60, 60", "3600, 3600", "3601, 3600", "86400, 3600"})
    void setback_serverAsksForTime_getsItWithinAnHour(long asked, long seconds) {
        assertThat(setback(1, failure(true, Duration.ofSeconds(asked)), 0)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"1, 200", "2, 400", "3, 800", "4, 1600", "5, 2000", "10, 2000"})
    void retryPolicy_passingFault_drawsUpToADoublingBound(int failures, long millis) {
        var policy = new RetryPolicy(10);

        assertThat(policy.pauseAfter(failures, failure(true, null), 1)).contains(Duration.ofMillis(millis));
        assertThat(policy.pauseAfter(failures, failure(true, null), 0.5)).contains(Duration.ofMillis(millis / 2));
        assertThat(policy.pauseAfter(failures, failure(true, null), 0)).contains(Duration.ZERO);
    }

    @Test
    void retryPolicy_enoughTriesOrARefusal_givesUp() {
        assertThat(new RetryPolicy(3).pauseAfter(3, failure(true, null), 0)).isPresent();
        assertThat(new RetryPolicy(3).pauseAfter(4, failure(true, null), 0)).isEmpty();
        assertThat(new RetryPolicy(0).pauseAfter(1, failure(true, null), 0)).isEmpty();
        assertThat(new RetryPolicy(3).pauseAfter(1, failure(false, null), 0)).isEmpty();
    }

    @Test
    void retryPolicy_serverAsksForTime_waitsFiveSecondsAtMost() {
        var policy = new RetryPolicy(3);

        assertThat(policy.pauseAfter(1, failure(true, Duration.ZERO), 1)).contains(Duration.ZERO);
        assertThat(policy.pauseAfter(1, failure(true, Duration.ofSeconds(5)), 1))
                .contains(Duration.ofSeconds(5));
        assertThat(policy.pauseAfter(1, failure(true, Duration.ofMillis(5_001)), 1))
                .isEmpty();
    }

    @Test
    void allowance_used_comesBackWithTime() {
        Allowance allowance = Allowance.full(new Allowance.Rate(2, Duration.ofSeconds(5)), NANOS);
        Allowance one = allowance.used(NANOS);
        Allowance none = one.used(NANOS);

        assertThat(allowance.isEmptyAt(NANOS)).isFalse();
        assertThat(one.isEmptyAt(NANOS)).isFalse();
        assertThat(none.isEmptyAt(NANOS)).isTrue();
        assertThat(none.isEmptyAt(NANOS + 5 * SECOND - 1)).isTrue();
        assertThat(none.isEmptyAt(NANOS + 5 * SECOND)).isFalse();
        assertThat(none.used(NANOS + 100 * SECOND).used(NANOS + 100 * SECOND).isEmptyAt(NANOS + 100 * SECOND))
                .isTrue();
        assertThat(none.used(NANOS).left()).isZero();
    }

    @Test
    void allowance_tickerGoesBack_givesNothingAway() {
        Allowance none = Allowance.full(new Allowance.Rate(1, Duration.ofSeconds(1)), NANOS)
                .used(NANOS);

        assertThat(none.isEmptyAt(NANOS - 100 * SECOND)).isTrue();
        assertThat(Allowance.full(new Allowance.Rate(1, Duration.ofSeconds(1)), NANOS)
                        .isEmptyAt(NANOS - 100 * SECOND))
                .isFalse();
    }

    @Test
    void retryBudget_takenByManyThreads_isNeverOverdrawn() throws Exception {
        AtomicLong ticker = new AtomicLong(NANOS);
        RetryBudget budget = new RetryBudget(Time.system().withTicker(ticker::get));
        assertThat(taken(budget)).isEqualTo(100);
        ticker.addAndGet(SECOND);
        assertThat(taken(budget)).isEqualTo(10);
        ticker.addAndGet(3600 * SECOND);
        assertThat(taken(budget)).isEqualTo(100);
    }

    private static long taken(RetryBudget budget) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                counts.add(threads.submit(() -> java.util.stream.IntStream.range(0, 50)
                        .filter(take -> budget.take())
                        .count()));
            }
            long sum = 0;
            for (Future<Long> count : counts) {
                sum += count.get();
            }
            return sum;
        } finally {
            threads.shutdown();
        }
    }
}
