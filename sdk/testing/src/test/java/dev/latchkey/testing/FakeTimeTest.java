package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FakeTimeTest {

    private final FakeTime time = new FakeTime();
    private final ScheduledExecutorService scheduler = time.scheduler();
    private final List<String> log = new ArrayList<>();
    private final List<Future<?>> futures = new ArrayList<>();

    private Runnable note(String name) {
        return () -> log.add(name + " at " + elapsed());
    }

    private void after(long seconds, Runnable task) {
        futures.add(scheduler.schedule(task, seconds, TimeUnit.SECONDS));
    }

    private long elapsed() {
        return Duration.between(FakeTime.START, time.steady().instant()).toSeconds();
    }

    @Test
    void clock_untouched_standsStillAtItsStart() {
        assertThat(time.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(new FakeTime(Instant.EPOCH).instant()).isEqualTo(Instant.EPOCH);
        assertThat(time.getAsLong()).isEqualTo(time.getAsLong());
    }

    @Test
    void advance_bothClocks_moveTogether() {
        long before = time.getAsLong();

        time.advance(Duration.ofSeconds(90));

        assertThat(time.instant()).isEqualTo(FakeTime.START.plusSeconds(90));
        assertThat(time.getAsLong() - before).isEqualTo(Duration.ofSeconds(90).toNanos());
    }

    @Test
    void monotonicClock_afterAMinute_overflows() {
        long before = time.getAsLong();

        time.advance(Duration.ofSeconds(61));

        assertThat(before).isPositive();
        assertThat(time.getAsLong()).isNegative();
    }

    @Test
    void stepWallClock_backwards_movesTheWallClockAlone() {
        InstantSource steady = time.steady();
        long before = time.getAsLong();
        ScheduledFuture<?> task = scheduler.schedule(note("task"), 5, TimeUnit.SECONDS);

        time.stepWallClock(Duration.ofHours(-1));

        assertThat(time.instant()).isEqualTo(FakeTime.START.minusSeconds(3600));
        assertThat(steady.instant()).isEqualTo(FakeTime.START);
        assertThat(time.getAsLong()).isEqualTo(before);
        assertThat(task.getDelay(TimeUnit.SECONDS)).isEqualTo(5);
        time.advance(Duration.ofSeconds(5));
        assertThat(log).containsExactly("task at 5");
    }

    @Test
    void advance_severalTasks_runInOrderOfDueTimeAndOfArrival() {
        after(3, note("late"));
        after(1, note("early"));
        after(1, note("early too"));
        after(11, note("never"));

        time.advance(Duration.ofSeconds(10));

        assertThat(log).containsExactly("early at 1", "early too at 1", "late at 3");
        assertThat(elapsed()).isEqualTo(10);
        assertThat(time.scheduledCount()).isEqualTo(1);
    }

    @Test
    void advance_oneTickEitherSideOfTheDueTime_decides() {
        after(1, note("task"));

        time.advance(Duration.ofSeconds(1).minusNanos(1));
        assertThat(log).isEmpty();
        time.advance(Duration.ofNanos(1));

        assertThat(log).containsExactly("task at 1");
    }

    @Test
    void advance_taskThatSchedulesAnother_runsItOnTheWay() {
        after(1, () -> after(2, note("inner")));

        time.advance(Duration.ofSeconds(5));

        assertThat(log).containsExactly("inner at 3");
    }

    @Test
    void execute_withoutDelay_runsAtTheNextAdvance() throws Exception {
        scheduler.execute(note("executed"));
        Future<String> submitted = scheduler.submit(() -> "value");
        assertThat(log).isEmpty();

        time.advance(Duration.ZERO);

        assertThat(log).containsExactly("executed at 0");
        assertThat(submitted.get()).isEqualTo("value");
    }

    @Test
    void schedule_negativeDelay_isDueAtOnce() {
        after(-5, note("task"));

        time.advance(Duration.ZERO);

        assertThat(log).containsExactly("task at 0");
    }

    @Test
    void schedule_callableThatFails_keepsTheExceptionInItsFuture() {
        ScheduledFuture<String> future = scheduler.schedule(
                (Callable<String>) () -> {
                    throw new IllegalStateException("no");
                },
                1,
                TimeUnit.SECONDS);

        time.advance(Duration.ofSeconds(2));

        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).hasRootCauseMessage("no");
        assertThat(elapsed()).isEqualTo(2);
    }

    @Test
    void cancel_beforeItIsDue_takesTheTaskOut() {
        ScheduledFuture<?> task = scheduler.schedule(note("task"), 1, TimeUnit.SECONDS);

        assertThat(task.cancel(false)).isTrue();

        assertThat(time.scheduledCount()).isZero();
        time.advance(Duration.ofSeconds(2));
        assertThat(log).isEmpty();
    }

    @Test
    void fixedRate_advance_runsOncePerPeriod() {
        ScheduledFuture<?> task = scheduler.scheduleAtFixedRate(note("tick"), 1, 2, TimeUnit.SECONDS);

        time.advance(Duration.ofSeconds(6));
        task.cancel(false);
        time.advance(Duration.ofSeconds(6));

        assertThat(log).containsExactly("tick at 1", "tick at 3", "tick at 5");
    }

    @Test
    void fixedDelay_advance_runsOncePerDelay() {
        ScheduledFuture<?> task = scheduler.scheduleWithFixedDelay(note("tick"), 0, 2, TimeUnit.SECONDS);

        time.advance(Duration.ofSeconds(4));

        assertThat(log).containsExactly("tick at 0", "tick at 2", "tick at 4");
        assertThat(task.isDone()).isFalse();
        assertThat(time.scheduledCount()).isEqualTo(1);
    }

    @Test
    void periodic_thatFails_isNotRepeated() {
        ScheduledFuture<?> task = scheduler.scheduleAtFixedRate(
                () -> {
                    log.add("once");
                    throw new IllegalStateException("no");
                },
                1,
                1,
                TimeUnit.SECONDS);

        time.advance(Duration.ofSeconds(5));

        assertThat(log).containsExactly("once");
        assertThat(task.isDone()).isTrue();
    }

    @Test
    void misuse_badArguments_areRefused() {
        assertThatThrownBy(() -> time.advance(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("duration");
        assertThatThrownBy(() -> scheduler.scheduleAtFixedRate(note("x"), 0, 0, TimeUnit.SECONDS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> scheduler.scheduleWithFixedDelay(note("x"), 0, -1, TimeUnit.SECONDS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void advance_fromATask_isRefused() {
        Future<?> task = scheduler.submit(() -> time.advance(Duration.ofSeconds(1)));

        time.advance(Duration.ZERO);

        assertThatThrownBy(task::get).hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void shutdown_pendingTasks_stayButPeriodicOnesGo() throws InterruptedException {
        after(1, note("task"));
        ScheduledFuture<?> tick = scheduler.scheduleAtFixedRate(note("tick"), 1, 1, TimeUnit.SECONDS);

        scheduler.shutdown();

        assertThat(tick.isCancelled()).isTrue();
        assertThat(scheduler.isShutdown()).isTrue();
        assertThat(scheduler.isTerminated()).isFalse();
        assertThat(scheduler.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        assertThatThrownBy(() -> scheduler.execute(note("late"))).isInstanceOf(RejectedExecutionException.class);
        time.advance(Duration.ofSeconds(3));
        assertThat(log).containsExactly("task at 1");
        assertThat(scheduler.isTerminated()).isTrue();
        assertThat(scheduler.awaitTermination(1, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    void shutdownNow_pendingTasks_areHandedBack() {
        after(1, note("task"));

        assertThat(scheduler.shutdownNow()).hasSize(1);

        time.advance(Duration.ofSeconds(3));
        assertThat(log).isEmpty();
    }

    @Test
    void awaitScheduled_taskFromAnotherThread_isAwaited() throws Exception {
        var other = Executors.newSingleThreadExecutor();
        try {
            Future<?> scheduling = other.submit(() -> after(1, note("task")));

            time.awaitScheduled(1);
            time.advance(Duration.ofSeconds(1));

            scheduling.get();
            assertThat(log).containsExactly("task at 1");
        } finally {
            other.shutdown();
        }
    }

    @Test
    void awaitScheduled_interrupted_failsAndKeepsTheFlag() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> time.awaitScheduled(1)).isInstanceOf(AssertionError.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void awaitScheduled_tooFew_failsAndSaysHowMany() {
        Timeline timeline = new Timeline();
        new FakeScheduler(timeline).execute(note("one"));

        timeline.awaitPending(1, Duration.ofMillis(20));

        assertThatThrownBy(() -> timeline.awaitPending(2, Duration.ofMillis(20)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Waited 20 ms for 2 scheduled tasks, but there are 1");
    }

    @Test
    void toString_showsTimeAndTasks() {
        assertThat(time).hasToString("FakeTime[2026-01-01T00:00:00Z, 0 scheduled]");
    }
}
