package dev.latchkey;

import dev.latchkey.token.AccessToken;
import java.time.Duration;

/**
 * A token with the instants that decide over it, on both clocks: the earlier end wins. The ticker survives a step of the
 * wall clock, the wall clock survives a suspended machine.
 */
record LiveToken(AccessToken token, long staleNanos, long endNanos, long staleMillis, long endMillis) {
    enum Freshness {
        /** Given out, nothing else happens. */
        FRESH,
        /** Given out, while another one is fetched behind. */
        STALE,
        /** Not given out any more. */
        EXPIRED
    }

    /** Times a token by the ticker as it stood before its request was sent. */
    static LiveToken of(AccessToken token, long sentNanos, FreshnessPolicy policy) {
        Duration life = Duration.between(token.issuedAt(), token.expiresAt());
        long end = life.toNanos() - FreshnessPolicy.expiryMarginNanos(life);
        long stale = life.toNanos() - policy.refreshMarginNanos(life);
        long sentMillis = token.issuedAt().toEpochMilli();
        return new LiveToken(
                token,
                sentNanos + stale,
                sentNanos + end,
                sentMillis + stale / 1_000_000,
                sentMillis + end / 1_000_000);
    }

    boolean isFreshAt(long nanos, long millis) {
        return nanos - staleNanos < 0 && millis < staleMillis;
    }

    Freshness at(long nanos, long millis) {
        if (isFreshAt(nanos, millis)) {
            return Freshness.FRESH;
        }
        return nanos - endNanos < 0 && millis < endMillis ? Freshness.STALE : Freshness.EXPIRED;
    }
}
