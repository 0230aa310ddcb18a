package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.token.AccessToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenType;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a token is fresh, stale and expired, one tick either side of each margin. */
@Timeout(5)
class FreshnessTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long MILLIS = START.toEpochMilli();
    /** The ticker overflows within the life of the token. */
    private static final long NANOS = Long.MAX_VALUE - 5;

    private static AccessToken token(Duration life) {
        return AccessToken.of("t", TokenType.BEARER, Scope.none(), START, START.plus(life));
    }

    private static LiveToken live(Duration life, Duration cap, double jitter) {
        return LiveToken.of(token(life), NANOS, new FreshnessPolicy(cap, jitter));
    }

    @ParameterizedTest
    @CsvSource({
        // life, cap, jitter, refresh margin, expiry margin, all in milliseconds
        "300000, 300000, 0.5, 60000, 10000",
        "300000, 300000, 0.0, 48000, 10000",
        "300000, 300000, 1.0, 72000, 10000",
        "86400000, 300000, 0.5, 300000, 10000",
        "86400000, 300000, 0.0, 240000, 10000",
        "86400000, 300000, 1.0, 360000, 10000",
        "3600000, 300000, 0.5, 300000, 10000",
        "60000, 300000, 0.5, 12000, 3000",
        "5000, 300000, 0.5, 1000, 250",
        "1000, 300000, 0.5, 200, 50",
        "300000, 1, 0.5, 20000, 10000",
        "300000, 15000, 0.0, 20000, 10000",
        "864000000, 864000000, 0.5, 172800000, 10000",
    })
    void margins_ofALife_areAsDescribed(long life, long cap, double jitter, long refresh, long expiry) {
        var policy = new FreshnessPolicy(Duration.ofMillis(cap), jitter);
        Duration lasts = Duration.ofMillis(life);

        assertThat(policy.refreshMarginNanos(lasts)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(refresh));
        assertThat(FreshnessPolicy.expiryMarginNanos(lasts)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(expiry));
    }

    @Test
    void at_tickerAroundEachMargin_changesExactlyThere() {
        LiveToken live = live(Duration.ofMinutes(5), Duration.ofMinutes(5), 0.5);
        long stale = NANOS + TimeUnit.SECONDS.toNanos(240);
        long end = NANOS + TimeUnit.SECONDS.toNanos(290);

        assertThat(live.at(NANOS, MILLIS)).isEqualTo(LiveToken.Freshness.FRESH);
        assertThat(live.at(stale - 1, MILLIS)).isEqualTo(LiveToken.Freshness.FRESH);
        assertThat(live.at(stale, MILLIS)).isEqualTo(LiveToken.Freshness.STALE);
        assertThat(live.at(end - 1, MILLIS)).isEqualTo(LiveToken.Freshness.STALE);
        assertThat(live.at(end, MILLIS)).isEqualTo(LiveToken.Freshness.EXPIRED);
    }

    @Test
    void at_wallClockAroundEachMargin_changesExactlyThere() {
        LiveToken live = live(Duration.ofMinutes(5), Duration.ofMinutes(5), 0.5);

        assertThat(live.at(NANOS, MILLIS + 239_999)).isEqualTo(LiveToken.Freshness.FRESH);
        assertThat(live.at(NANOS, MILLIS + 240_000)).isEqualTo(LiveToken.Freshness.STALE);
        assertThat(live.at(NANOS, MILLIS + 289_999)).isEqualTo(LiveToken.Freshness.STALE);
        assertThat(live.at(NANOS, MILLIS + 290_000)).isEqualTo(LiveToken.Freshness.EXPIRED);
    }

    @Test
    void at_clocksDisagree_theEarlierEndWins() {
        LiveToken live = live(Duration.ofMinutes(5), Duration.ofMinutes(5), 0.5);
        long nanosAtEnd = NANOS + TimeUnit.SECONDS.toNanos(290);

        assertThat(live.at(nanosAtEnd, MILLIS - 3_600_000)).isEqualTo(LiveToken.Freshness.EXPIRED);
        assertThat(live.at(NANOS, MILLIS + 3_600_000)).isEqualTo(LiveToken.Freshness.EXPIRED);
        assertThat(live.at(NANOS, MILLIS - 3_600_000)).isEqualTo(LiveToken.Freshness.FRESH);
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 1_500, 5_000, 60_000, 300_000, 86_400_000, 31_536_000_000L})
    void of_anyLife_isFreshThenStaleThenExpiredBeforeItsEnd(long life) {
        for (double jitter : new double[] {0, 0.5, 1}) {
            for (long cap : new long[] {1, 1_000, 300_000, 31_536_000_000L}) {
                LiveToken live = live(Duration.ofMillis(life), Duration.ofMillis(cap), jitter);
                assertThat(live.staleNanos() - NANOS).isPositive();
                assertThat(live.endNanos() - live.staleNanos()).isPositive();
                assertThat(NANOS + TimeUnit.MILLISECONDS.toNanos(life) - live.endNanos())
                        .isPositive();
            }
        }
    }
}
