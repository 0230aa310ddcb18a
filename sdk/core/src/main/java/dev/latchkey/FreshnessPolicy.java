package dev.latchkey;

import java.time.Duration;

/**
 * How early a token is refreshed, as a share of its life, so that a token of 300 s and one of 24 h both cache well.
 *
 * @param cap the longest time before its end at which a refresh starts
 * @param jitter from 0 to 1, drawn for each token, so that replicas do not refresh together
 */
record FreshnessPolicy(Duration cap, double jitter) {
    /** A refresh starts when about this share of the life is left. */
    private static final double REFRESH_SHARE = 0.2;
    /** By this much of itself the margin is moved, at most and to both sides. */
    private static final double JITTER = 0.2;
    /** A token counts as expired when this share of its life is left, or the time below, whichever is less. */
    private static final double EXPIRY_SHARE = 0.05;

    private static final Duration EXPIRY_CAP = Duration.ofSeconds(10);

    /**
     * How long before its end a token of that life is refreshed. However small the cap, that is well before it counts as
     * expired, or every caller would wait for every refresh.
     */
    long refreshMarginNanos(Duration life) {
        double share = Math.min(life.toNanos() * REFRESH_SHARE, (double) cap.toNanos());
        long margin = (long) (share * (1 - JITTER + 2 * JITTER * jitter));
        return Math.max(margin, 2 * expiryMarginNanos(life));
    }

    /** How long before its end a token of that life counts as expired. */
    static long expiryMarginNanos(Duration life) {
        return Math.min((long) (life.toNanos() * EXPIRY_SHARE), EXPIRY_CAP.toNanos());
    }
}
