package dev.latchkey.internal.endpoint;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The authorization server's clock as far as its {@code Date} header tells. Used for the times of assertions and for
 * nothing else, since a header is no proof: the correction is bounded.
 *
 * <p>Thread-safety: safe.
 */
final class ServerClock {
    /** Below this, a difference is the time an answer travels and the header's whole seconds. */
    private static final Duration SMALLEST = Duration.ofSeconds(5);

    private static final Duration LARGEST = Duration.ofMinutes(15);

    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    /** {@return what is to be added to this machine's time in an assertion} */
    Duration offset() {
        return offset.get();
    }

    /**
     * Follows the server's clock if that can explain why an assertion was refused.
     *
     * @param difference how far the server's clock is ahead of this machine's
     * @param used the offset that the refused assertion was made with; another request may have moved it since
     * @return whether an assertion made now has other times, so that another try is worth it
     */
    boolean follow(Duration difference, Duration used) {
        boolean trusted = difference.abs().compareTo(LARGEST) <= 0;
        boolean explains = difference.minus(used).abs().compareTo(SMALLEST) >= 0;
        if (trusted && explains) {
            offset.set(difference);
        }
        return trusted && explains;
    }
}
