package dev.latchkey.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V-40: a Date header is followed within bounds. */
@Timeout(5)
class ServerClockTest {
    private final ServerClock clock = new ServerClock();

    private boolean follow(long millis) {
        return clock.follow(Duration.ofMillis(millis), Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(longs = {5_000, -5_000, 900_000, -900_000, 120_000})
    void follow_withinTheBounds_movesTheClock(long millis) {
        assertThat(follow(millis)).isTrue();
        assertThat(clock.offset()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4_999, -4_999, 900_001, -900_001, Long.MAX_VALUE, Long.MIN_VALUE + 1})
    void follow_outsideTheBounds_leavesTheClock(long millis) {
        assertThat(follow(millis)).isFalse();
        assertThat(clock.offset()).isZero();
    }

    @Test
    void follow_sameDifferenceAgain_noReasonForAnotherTry() {
        follow(120_000);

        assertThat(clock.follow(Duration.ofMinutes(2), clock.offset())).isFalse();
        assertThat(clock.follow(Duration.ofSeconds(124), clock.offset())).isFalse();
        assertThat(clock.offset()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void follow_anotherRequestMadeBeforeTheCorrection_isWorthAnotherTry() {
        follow(120_000);

        assertThat(clock.follow(Duration.ofMinutes(2), Duration.ZERO)).isTrue();
    }

    @Test
    void follow_backToOurOwnTime_isACorrectionToo() {
        follow(120_000);

        assertThat(clock.follow(Duration.ZERO, clock.offset())).isTrue();
        assertThat(clock.offset()).isZero();
    }
}
