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
    private static final CoarseClock MACHINE = new CoarseClock(InstantSource.system(), System.nanoTime());

    private final InstantSource clock;
    private final LongSupplier ticker;
    private final Timers timers;
    /** False where a clock was given: it may be a fake one, which is moved by hand, and is asked each time. */
    private final boolean ofThisMachine;

    /** Runs a task on an executor after a delay. */
    @FunctionalInterface
    private interface Timers {
        void after(Duration delay, Executor executor, Runnable task);
    }

    private Time(InstantSource clock, LongSupplier ticker, Timers timers, boolean ofThisMachine) {
        this.clock = clock;
        this.ticker = ticker;
        this.timers = timers;
        this.ofThisMachine = ofThisMachine;
    }

    /** {@return the clocks of this machine, and timers on the JDK's own daemon thread} */
    public static Time system() {
        return new Time(
                InstantSource.system(),
                System::nanoTime,
                (delay, executor, task) -> CompletableFuture.delayedExecutor(
                                delay.toNanos(), TimeUnit.NANOSECONDS, executor)
                        .execute(task),
                true);
    }

    public Time withClock(InstantSource newClock) {
        return new Time(Objects.requireNonNull(newClock, "clock"), ticker, timers, false);
    }

    public Time withTicker(LongSupplier newTicker) {
        return new Time(clock, Objects.requireNonNull(newTicker, "ticker"), timers, false);
    }

    public Time withScheduler(ScheduledExecutorService scheduler) {
        Objects.requireNonNull(scheduler, "scheduler");
        Timers given = (delay, executor, task) -> {
            var unused = scheduler.schedule(() -> executor.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        };
        return new Time(clock, ticker, given, ofThisMachine);
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
        return ofThisMachine ? MACHINE.millisAt(nanos) : clock.millis();
    }

    /** {@return the ticker, in nanoseconds from an arbitrary point} */
    public long nanos() {
        return ticker.getAsLong();
    }

    /**
     * {@return whether both clocks are those of this machine} Then {@link #machineNanos} and {@link #machineMillisAt} tell the
     * same as {@link #nanos} and {@link #millisAt}, without an object in between. For what is read with each token that is given
     * out: two objects less are a twentieth of the whole.
     */
    public boolean isOfThisMachine() {
        return ofThisMachine;
    }

    /** {@return the ticker of this machine} */
    public static long machineNanos() {
        return System.nanoTime();
    }

    /**
     * Reads the wall clock of this machine beside its ticker.
     *
     * @param nanos what the ticker shows now
     * @return the wall clock in milliseconds since the epoch, as it stood up to a millisecond ago
     */
    public static long machineMillisAt(long nanos) {
        return MACHINE.millisAt(nanos);
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
