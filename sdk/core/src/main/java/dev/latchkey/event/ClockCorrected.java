package dev.latchkey.event;

import dev.latchkey.token.TokenKey;
import java.time.Duration;

/**
 * A client assertion was refused while this machine's clock and the server's {@code Date} header differ; from now on the
 * times of assertions follow the server. The clock of this machine wants a look: tokens are timed by it.
 *
 * <p>Thread-safety: immutable.
 */
public final class ClockCorrected implements TokenEvent {
    private final TokenKey key;
    private final Duration offset;

    private ClockCorrected(TokenKey key, Duration offset) {
        this.key = key;
        this.offset = offset;
    }

    /**
     * Makes the event.
     *
     * @param key whose token was asked for
     * @param offset what is added to the local clock: negative where the local clock is fast
     * @return the event
     */
    public static ClockCorrected of(TokenKey key, Duration offset) {
        return new ClockCorrected(key, offset);
    }

    @Override
    public TokenKey key() {
        return key;
    }

    /** {@return what is added to the local clock in assertions, to the second: negative where the local clock is fast} */
    public Duration offset() {
        return offset;
    }

    @Override
    public String toString() {
        return "ClockCorrected[" + key + ", offset=" + offset + "]";
    }
}
