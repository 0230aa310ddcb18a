package dev.latchkey;

import dev.latchkey.error.OAuthException;
import java.time.Duration;
import java.util.Optional;

/**
 * When a failed token request is worth another try while callers wait, and how long to pause before it.
 *
 * @param retries how many tries may follow the first
 */
record RetryPolicy(int retries) {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** A server that asks for a longer wait gets it, but not with callers waiting. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(5);

    /**
     * Gives the pause before the next try, drawn from nothing to a bound that doubles (full jitter).
     *
     * @param failures how many tries have failed
     * @param error why the last one did
     * @param random from 0 to 1
     * @return the pause; empty where no further try is worth it
     */
    Optional<Duration> pauseAfter(int failures, OAuthException error, double random) {
        if (failures > retries || !error.isRetryable()) {
            return Optional.empty();
        }
        Optional<Duration> asked = error.retryAfter();
        if (asked.isPresent()) {
            return asked.filter(wait -> wait.compareTo(LONGEST_RETRY_AFTER) <= 0);
        }
        long bound = Math.min(FIRST_PAUSE.toNanos() << Math.min(failures - 1, 20), LONGEST_PAUSE.toNanos());
        return Optional.of(Duration.ofNanos((long) (bound * random)));
    }
}
