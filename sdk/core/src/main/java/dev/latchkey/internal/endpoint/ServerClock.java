package dev.latchkey.internal.endpoint;

import dev.latchkey.internal.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The authorization server's clock as far as its {@code Date} header tells. Used for the times of assertions and for
 * nothing else, since a header is no proof: the correction is bounded.
 *
 * <p>Thread-safety: safe.
 */
public final class ServerClock {
    /** Below this, a difference is the time an answer travels and the header's whole seconds. */
    private static final Duration SMALLEST = Duration.ofSeconds(5);

    private static final Duration LARGEST = Duration.ofMinutes(15);

    private final Time time;
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    public ServerClock(Time time) {
        this.time = time;
    }

    /** {@return the instant to write into an assertion} */
    public Instant now() {
        return time.now().plus(offset.get());
    }

    /**
     * Follows the server's clock if that can explain why an assertion was refused.
     *
     * @param difference how far the server's clock is ahead of this machine's
     * @return whether the times of assertions have moved, so that another try is worth it
     */
    public boolean follow(Duration difference) {
        if (difference.abs().compareTo(LARGEST) > 0) {
            return false;
        }
        Duration before = offset.get();
        return difference.minus(before).abs().compareTo(SMALLEST) >= 0 && offset.compareAndSet(before, difference);
    }
}
