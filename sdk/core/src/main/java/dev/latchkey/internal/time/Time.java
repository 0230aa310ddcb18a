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
import org.jspecify.annotations.Nullable;

/**
 * The time of one manager: a wall clock for what the world sees, a ticker that never jumps, and timers. All three come
 * from one place, so that one fake moves them together.
 *
 * <p>Thread-safety: safe.
 */
public final class Time {
    private final InstantSource clock;
    /** Null for that of this machine, which is read for each token that is given out: a call through an object takes a tenth longer. */
    private final @Nullable LongSupplier ticker;

    private final Timers timers;
    /** Null where a clock was given: it may be a fake one, which is moved by hand, and is asked each time. */
    private final @Nullable CoarseClock coarse;

    /** Runs a task on an executor after a delay. */
    @FunctionalInterface
    private interface Timers {
        void after(Duration delay, Executor executor, Runnable task);
    }

    private Time(InstantSource clock, @Nullable LongSupplier ticker, Timers timers, @Nullable CoarseClock coarse) {
        this.clock = clock;
        this.ticker = ticker;
        this.timers = timers;
        this.coarse = coarse;
    }

    /** {@return the clocks of this machine, and timers on the JDK's own daemon thread} */
    public static Time system() {
        return new Time(
                InstantSource.system(),
                null,
                (delay, executor, task) -> CompletableFuture.delayedExecutor(
                                delay.toNanos(), TimeUnit.NANOSECONDS, executor)
                        .execute(task),
                new CoarseClock(InstantSource.system(), System.nanoTime()));
    }

    public Time withClock(InstantSource newClock) {
        return new Time(Objects.requireNonNull(newClock, "clock"), ticker, timers, null);
    }

    public Time withTicker(LongSupplier newTicker) {
        return new Time(clock, Objects.requireNonNull(newTicker, "ticker"), timers, null);
    }

    public Time withScheduler(ScheduledExecutorService scheduler) {
        Objects.requireNonNull(scheduler, "scheduler");
        Timers given = (delay, executor, task) -> {
            var unused = scheduler.schedule(() -> executor.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        };
        return new Time(clock, ticker, given, coarse);
    }

    /** {@return the wall clock} */
    public Instant now() {
        return clock.instant();
    }

    /** {@return the wall clock in milliseconds since the epoch, without making an object} */
    public long millis() {
        return clock.millis();
    }

    /**
     * Reads the wall clock beside the ticker, which spares most calls a second look at a clock.
     *
     * @param nanos what the ticker shows now
     * @return the wall clock in milliseconds since the epoch; that of this machine as it stood up to a millisecond ago
     */
    public long millisAt(long nanos) {
        return coarse == null ? clock.millis() : coarse.millisAt(nanos);
    }

    /** {@return the ticker, in nanoseconds from an arbitrary point} */
    public long nanos() {
        return ticker == null ? System.nanoTime() : ticker.getAsLong();
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
