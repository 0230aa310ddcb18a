package dev.latchkey.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.FakeTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TimeTest {
    private final FakeTime fake = new FakeTime();
    private final Time time = Time.system().withClock(fake).withTicker(fake).withScheduler(fake.scheduler());

    @Test
    void readings_comeFromWhatWasGiven() {
        assertThat(time.now()).isEqualTo(FakeTime.START);
        assertThat(time.millis()).isEqualTo(FakeTime.START.toEpochMilli());
        long before = time.nanos();
        fake.advance(Duration.ofSeconds(3));

        assertThat(time.nanos() - before).isEqualTo(TimeUnit.SECONDS.toNanos(3));
        assertThat(time.now()).isEqualTo(FakeTime.START.plusSeconds(3));
    }

    @Test
    void millisAt_clockThatWasGiven_isAskedEachTime() {
        long nanos = time.nanos();
        fake.stepWallClock(Duration.ofMinutes(-5));

        assertThat(time.millisAt(nanos)).isEqualTo(fake.millis());
        assertThat(Time.system().withClock(fake).millisAt(System.nanoTime())).isEqualTo(fake.millis());
    }

    @Test
    void millisAt_ofThisMachine_isItsWallClock() {
        Time system = Time.system().withScheduler(fake.scheduler());

        assertThat(system.millisAt(system.nanos())).isBetween(system.millis() - 1000, system.millis());
    }

    @Test
    void isOfThisMachine_oneClockGiven_isNot() {
        assertThat(Time.system().isOfThisMachine()).isTrue();
        assertThat(Time.system().withScheduler(fake.scheduler()).isOfThisMachine())
                .isTrue();
        assertThat(Time.system().withClock(fake).isOfThisMachine()).isFalse();
        assertThat(Time.system().withTicker(fake).isOfThisMachine()).isFalse();
    }

    @Test
    void machineClocks_areThoseOfTheSystem() {
        Time system = Time.system();
        long before = Time.machineNanos();
        long nanos = system.nanos();

        assertThat(nanos - before).isBetween(0L, TimeUnit.SECONDS.toNanos(10));
        assertThat(Time.machineMillisAt(nanos)).isBetween(system.millis() - 1000, system.millis());
    }

    @Test
    void after_runsOnTheExecutorWhenItIsDue() {
        var ran = new CompletableFuture<String>();
        time.after(
                Duration.ofSeconds(1),
                task -> {
                    ran.complete("on the executor");
                    task.run();
                },
                () -> {});
        fake.advance(Duration.ofNanos(999_999_999));
        assertThat(ran).isNotDone();
        fake.advance(Duration.ofNanos(1));

        assertThat(ran).isCompletedWithValue("on the executor");
    }

    @Test
    void system_runsTasksOnADaemonThread() throws Exception {
        var thread = new CompletableFuture<Thread>();
        Time.system().after(Duration.ofMillis(1), Runnable::run, () -> thread.complete(Thread.currentThread()));

        assertThat(thread.get(5, TimeUnit.SECONDS).isDaemon()).isTrue();
    }
}
