package dev.latchkey;

import dev.latchkey.error.OAuthException;
import dev.latchkey.error.ReauthorizationRequiredException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A failed request for a token, remembered until it is worth trying again, so that no outage and no refusal turns into a
 * loop of requests.
 *
 * @param cause why there is no token
 * @param failures how many requests failed in a row for reasons of the same kind
 * @param untilNanos when the next one may go out, on the ticker
 */
record Setback(Throwable cause, int failures, long untilNanos) {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    /** With the jitter, no more than 12 tries a minute. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
    /** A refusal does not heal by itself: somebody has to change something, which takes a while. */
    private static final Duration FIRST_PAUSE_OF_REFUSAL = Duration.ofSeconds(30);

    private static final Duration LONGEST_PAUSE_OF_REFUSAL = Duration.ofMinutes(5);
    /** However long a server asks to wait, it is asked again after this. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private static final double JITTER = 0.2;

    /** Adds a failure to those before it; the pause doubles, and is never shorter than the server asked for. */
    static Setback after(@Nullable Setback before, Throwable cause, long nanos, double random) {
        int failures = before != null && isRefusal(before.cause) == isRefusal(cause) ? before.failures + 1 : 1;
        long pause = isRefusal(cause)
                ? doubled(FIRST_PAUSE_OF_REFUSAL, LONGEST_PAUSE_OF_REFUSAL, failures)
                : doubled(FIRST_PAUSE, LONGEST_PAUSE, failures);
        long jittered = (long) (pause * (1 - JITTER * random));
        return new Setback(cause, failures, nanos + Math.max(jittered, asked(cause)));
    }

    /**
     * What is not of this family is a fault in the program or in what it brought along, a signer for example. That a person must
     * sign in again is known from the store, where the sign-in will show as soon as it is done: looking there is cheap.
     */
    private static boolean isRefusal(Throwable cause) {
        return cause instanceof OAuthException failure
                && !failure.isRetryable()
                && !(failure instanceof ReauthorizationRequiredException);
    }

    private static long asked(Throwable cause) {
        return cause instanceof OAuthException failure
                ? failure.retryAfter().map(Setback::bounded).orElse(0L)
                : 0;
    }

    boolean holdsAt(long nanos) {
        return nanos - untilNanos < 0;
    }

    /** Whether it still tells how things are: who has kept asking came back as soon as its pause was over. */
    boolean isRecentAt(long nanos) {
        return nanos - untilNanos < LONGEST_PAUSE.toNanos();
    }

    private static long doubled(Duration first, Duration longest, int failures) {
        int doublings = Math.min(failures - 1, 20);
        return Math.min(first.toNanos() << doublings, longest.toNanos());
    }

    private static long bounded(Duration asked) {
        return (asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked).toNanos();
    }
}
