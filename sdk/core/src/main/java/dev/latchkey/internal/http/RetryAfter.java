package dev.latchkey.internal.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The {@code Retry-After} header in both its forms (RFC 9110, section 10.2.3; R-65): seconds from now, or a date. Seconds
 * with a fraction are taken too. A date gone by means now. What is negative or no such value is no advice. Nobody is made
 * to wait more than a day.
 */
public final class RetryAfter {
    /** The longest advice that is passed on. */
    public static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /**
     * Reads the header.
     *
     * @param value the header
     * @param now when it came
     * @return the time to wait from then, from zero to {@link #LONGEST}
     */
    public static Optional<Duration> read(String value, Instant now) {
        String text = value.strip();
        if (text.matches("[0-9]+([.][0-9]*)?")) {
            return Optional.of(seconds(text));
        }
        return HttpDates.read(text).map(date -> bounded(Duration.between(now, date)));
    }

    private static Duration seconds(String digits) {
        double seconds = Double.parseDouble(digits.length() > 32 ? digits.substring(0, 32) : digits);
        return bounded(Duration.ofMillis((long) Math.ceil(Math.min(seconds, (double) LONGEST.toSeconds()) * 1000)));
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
