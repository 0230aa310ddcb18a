package dev.latchkey.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * A clock that stands still until a test moves it: wall clock, monotonic clock and timers in one object.
 *
 * <p>Hand it to the code under test as its {@link InstantSource}, as its source of monotonic nanoseconds and, through
 * {@link #scheduler()}, as its timer. {@link #advance} then moves all three together and runs what falls due, in order,
 * on the calling thread, so nothing sleeps and nothing races.
 *
 * <ul>
 *   <li>The wall clock starts at {@link #START}, unless another instant is given.
 *   <li>The monotonic clock starts one minute below {@link Long#MAX_VALUE}, so that it soon overflows: code that
 *       compares two readings with {@code <} instead of subtracting them is found out.
 *   <li>{@link #stepWallClock} moves the wall clock alone, as a correction by NTP does. {@link #steady()} is the time
 *       of a host whose clock was never corrected; {@link FakeAuthorizationServer#start(FakeTime)} uses that one.
 * </ul>
 *
 * <pre>{@code
 * FakeTime time = new FakeTime();
 * time.scheduler().schedule(this::refresh, 4, TimeUnit.MINUTES);
 * time.advance(Duration.ofMinutes(5));   // refresh() runs here, when the clock shows four minutes
 * }</pre>
 *
 * <p>Thread-safety: safe. Advances from several threads happen one after the other.
 */
public final class FakeTime implements InstantSource, LongSupplier {

    /** The wall clock's first reading where none is given: midnight UTC at the start of 2026. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long FIRST_NANOS =
            Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

    private final Instant start;
    private final Timeline timeline;
    private final FakeScheduler scheduler;

    /** Makes a clock that shows {@link #START}. */
    public FakeTime() {
        this(START);
    }

    /**
     * Makes a clock that shows the given instant.
     *
     * @param start the wall clock's first reading
     */
    public FakeTime(Instant start) {
        this.start = Objects.requireNonNull(start, "start");
        this.timeline = new Timeline();
        this.scheduler = new FakeScheduler(timeline);
    }

    /** {@return what the wall clock shows, steps included} */
    @Override
    public Instant instant() {
        Timeline.Reading reading = timeline.reading();
        return start.plusNanos(reading.elapsedNanos()).plus(reading.step());
    }

    /** {@return the monotonic clock's reading in nanoseconds; only differences mean something, and it may overflow} */
    @Override
    public long getAsLong() {
        return FIRST_NANOS + timeline.reading().elapsedNanos();
    }

    /** {@return the wall clock without its steps: the time of a second host, whose clock is right} */
    public InstantSource steady() {
        return () -> start.plusNanos(timeline.reading().elapsedNanos());
    }

    /**
     * {@return the timer that this clock drives, always the same one}
     *
     * <p>Every task runs on the thread that calls {@link #advance}, those without delay included: they wait for the
     * next advance, and {@code advance(Duration.ZERO)} is enough for them. A task's exception stays in its future. Do not
     * wait for a task, or call {@code invokeAll}, on the thread that advances.
     */
    public ScheduledExecutorService scheduler() {
        return scheduler;
    }

    /**
     * Moves wall clock and monotonic clock forward together, stopping at each due task to run it. Tasks that are added
     * on the way and fall due on the way run as well.
     *
     * @param duration how far, zero or more
     * @throws IllegalArgumentException if the duration is negative
     * @throws IllegalStateException if called by a task of {@link #scheduler()}
     */
    public void advance(Duration duration) {
        timeline.advance(Checks.notNegative(duration, "duration"));
    }

    /**
     * Moves the wall clock alone. The monotonic clock and the timers do not notice.
     *
     * @param step how far, negative for backwards
     */
    public void stepWallClock(Duration step) {
        timeline.step(Objects.requireNonNull(step, "step"));
    }

    /** {@return how many tasks wait in {@link #scheduler()}} */
    public int scheduledCount() {
        return timeline.pending();
    }

    /**
     * Waits, for five seconds of real time at most, until at least that many tasks wait in {@link #scheduler()}. Use it
     * before {@link #advance} where another thread does the scheduling.
     *
     * @param count the least number of waiting tasks
     * @throws AssertionError if there are fewer after five seconds, or if the thread is interrupted
     */
    public void awaitScheduled(int count) {
        timeline.awaitPending(count, PATIENCE);
    }

    @Override
    public String toString() {
        return "FakeTime[" + instant() + ", " + scheduledCount() + " scheduled]";
    }
}
