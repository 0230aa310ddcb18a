package dev.latchkey.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.FakeTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The wall clock, asked once in a millisecond of the ticker. */
@Timeout(10)
class CoarseClockTest {
    private final FakeTime time = new FakeTime();
    private final AtomicInteger asked = new AtomicInteger();
    private final CoarseClock clock = new CoarseClock(
            () -> {
                asked.incrementAndGet();
                return time.instant();
            },
            time.getAsLong());

    private long read() {
        return clock.millisAt(time.getAsLong());
    }

    @Test
    void millisAt_withinAMillisecond_asksOnce() {
        long first = read();
        time.advance(Duration.ofNanos(999_999));

        assertThat(read()).isEqualTo(first).isEqualTo(FakeTime.START.toEpochMilli());
        assertThat(asked).hasValue(1);
    }

    @Test
    void millisAt_aMillisecondLater_asksAgain() {
        time.advance(Duration.ofMillis(1));

        assertThat(read()).isEqualTo(FakeTime.START.toEpochMilli() + 1);
        assertThat(read()).isEqualTo(FakeTime.START.toEpochMilli() + 1);
        assertThat(asked).hasValue(2);
    }

    @Test
    void millisAt_tickerOverflows_isRightBeforeAndAfter() {
        for (int second = 1; second <= 120; second++) {
            time.advance(Duration.ofSeconds(1));

            assertThat(read()).isEqualTo(time.millis());
        }
    }

    @Test
    void millisAt_suspendedMachine_showsAMillisecondAfterItsReturn() {
        // The wall clock went on, the ticker stood still.
        time.stepWallClock(Duration.ofHours(8));
        time.advance(Duration.ofMillis(1));

        assertThat(read()).isEqualTo(time.millis());
    }

    @Test
    void millisAt_ofAThreadThatWasHeldUp_isNotOlderThanWhatOthersSaw() {
        long late = time.getAsLong();
        time.advance(Duration.ofSeconds(5));
        long now = read();

        assertThat(clock.millisAt(late)).isEqualTo(now);
    }
}
