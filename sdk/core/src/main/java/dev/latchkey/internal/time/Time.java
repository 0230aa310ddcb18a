package dev.latchkey.internal.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time of one manager: a wall clock for what the world sees, a ticker that never jumps, and timers. All three come
 * from one place, so that one fake moves them together.
 *
 * <p>Thread-safety: safe.
 */
public final class Time {
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final Timers timers;

    /** Runs a task on an executor after a delay. */
    @FunctionalInterface
    private interface Timers {
        void after(Duration delay, Executor executor, Runnable task);
    }

    private Time(InstantSource clock, LongSupplier ticker, Timers timers) {
        this.clock = clock;
        this.ticker = ticker;
        this.timers = timers;
    }

    /** {@return the clocks of this machine, and timers on the JDK's own daemon thread} */
    public static Time system() {
        return new Time(
                InstantSource.system(),
                System::nanoTime,
                (delay, executor, task) -> CompletableFuture.delayedExecutor(
                                delay.toNanos(), TimeUnit.NANOSECONDS, executor)
                        .execute(task));
    }

    public Time withClock(InstantSource newClock) {
        return new Time(Objects.requireNonNull(newClock, "clock"), ticker, timers);
    }

    public Time withTicker(LongSupplier newTicker) {
        return new Time(clock, Objects.requireNonNull(newTicker, "ticker"), timers);
    }

    public Time withScheduler(ScheduledExecutorService scheduler) {
        Objects.requireNonNull(scheduler, "scheduler");
        return new Time(clock, ticker, (delay, executor, task) -> {
            var unused = scheduler.schedule(() -> executor.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        });
    }

    /** {@return the wall clock} */
    public Instant now() {
        return clock.instant();
    }

    /** {@return the wall clock in milliseconds since the epoch, without making an object} */
    public long millis() {
        return clock.millis();
    }

    /** {@return the ticker, in nanoseconds from an arbitrary point} */
    public long nanos() {
        return ticker.getAsLong();
    }

    /**
     * Ends work that takes too long with a {@link java.util.concurrent.TimeoutException}. Always by the time of this machine,
     * since what hangs does not ask a fake one.
     *
     * @param limit how long the work may take
     * @param work the work
     * @return the same work
     */
    public <T> CompletableFuture<T> limited(Duration limit, CompletableFuture<T> work) {
        return work.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Runs a task on an executor after a delay.
     *
     * @param delay how long to wait
     * @param executor what runs the task
     * @param task what to run
     */
    public void after(Duration delay, Executor executor, Runnable task) {
        timers.after(delay, executor, task);
    }
}
