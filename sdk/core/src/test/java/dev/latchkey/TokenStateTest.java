package dev.latchkey;

import static dev.latchkey.TokenState.Step.FAIL;
import static dev.latchkey.TokenState.Step.FETCH;
import static dev.latchkey.TokenState.Step.SERVE;
import static dev.latchkey.TokenState.Step.SERVE_AND_REFRESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.TransportException;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What to do next, for every combination of token and setback. */
@Timeout(5)
class TokenStateTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long MILLIS = START.toEpochMilli();
    /** The ticker overflows soon. */
    private static final long NANOS = Long.parseLong("9223372036854775800");

    private static final long SECOND = 1_000_000_000L;
    private final TransportException cut = new TransportException(
            ErrorDetails.builder("a", "b").retryable(true).build());

    private final TokenState empty = TokenState.empty(NANOS);
    private final LiveToken live = live("t");

    private static AccessToken token(String value) {
        return AccessToken.of(value, TokenType.BEARER, Scope.none(), START, START.plusSeconds(300));
    }

    private static LiveToken live(String value) {
        return LiveToken.of(token(value), NANOS, new FreshnessPolicy(Duration.ofMinutes(5), 0.5));
    }

    /** The setback of one failure without jitter holds for one second. */
    private TokenState state(boolean hasToken, long failedAtSeconds) {
        TokenState state = hasToken ? empty.issued(live) : empty;
        return failedAtSeconds < 0 ? state : state.failed(cut, NANOS + failedAtSeconds * SECOND, 0);
    }

    @ParameterizedTest
    @CsvSource({
        // token, failed at, now (seconds): what next
        "false, -1, 0, FETCH",
        "false, 0, 0, FAIL",
        "false, 0, 1, FETCH",
        "true, -1, 0, SERVE",
        "true, -1, 239, SERVE",
        "true, -1, 240, SERVE_AND_REFRESH",
        "true, -1, 289, SERVE_AND_REFRESH",
        "true, -1, 290, FETCH",
        "true, 100, 100, SERVE",
        "true, 250, 250, SERVE",
        "true, 250, 251, SERVE_AND_REFRESH",
        "true, 290, 290, FAIL",
        "true, 290, 291, FETCH",
    })
    void next_everyCombination(boolean hasToken, long failedAt, long now, TokenState.Step step) {
        assertThat(state(hasToken, failedAt).next(NANOS + now * SECOND, MILLIS + now * 1000))
                .isEqualTo(step);
    }

    @ParameterizedTest
    @CsvSource({"false, 0, false", "true, 0, true", "true, 239, true", "true, 240, false", "true, 290, false"})
    void freshAt_theShortWay_isTakenOnlyWhereNextServesAndDoesNoMore(boolean hasToken, long now, boolean taken) {
        TokenState state = state(hasToken, -1);
        AccessToken fresh = state.freshAt(NANOS + now * SECOND, MILLIS + now * 1000);

        assertThat(fresh).isSameAs(taken ? live.token() : null);
        assertThat(state.next(NANOS + now * SECOND, MILLIS + now * 1000) == SERVE)
                .isEqualTo(taken);
        assertThat(state.freshAt(NANOS, MILLIS + now * 1000)).isSameAs(fresh);
    }

    @Test
    void next_oneTickAroundTheEndOfAPause_changesExactlyThere() {
        TokenState failed = state(false, 0);

        assertThat(failed.next(NANOS + SECOND - 1, MILLIS)).isEqualTo(FAIL);
        assertThat(failed.next(NANOS + SECOND, MILLIS)).isEqualTo(FETCH);
    }

    @Test
    void issued_afterAFailure_forgetsIt() {
        TokenState state = state(false, 0).issued(live);

        assertThat(state.setback()).isNull();
        assertThat(state.next(NANOS, MILLIS)).isEqualTo(SERVE);
        assertThat(state.token()).isSameAs(live.token());
        assertThatThrownBy(state::cause).isInstanceOf(NullPointerException.class);
    }

    @Test
    void failed_again_countsOn() {
        TokenState state = state(true, 0).failed(cut, NANOS, 0);

        assertThat(state.setback().failures()).isEqualTo(2);
        assertThat(state.cause()).isSameAs(cut);
        assertThat(state.live()).isSameAs(live);
        assertThat(state.next(NANOS + 250 * SECOND, MILLIS + 250_000)).isEqualTo(SERVE_AND_REFRESH);
    }

    @Test
    void rejected_theTokenGivenOut_isDroppedWhateverTheObject() {
        TokenState state = empty.issued(live);

        assertThat(state.rejected(token("t"), NANOS).live()).isNull();
        assertThat(state.rejected(token("other"), NANOS)).isSameAs(state);
        assertThat(empty.rejected(token("t"), NANOS)).isSameAs(empty);
    }

    @Test
    void rejected_fiveTimes_thenTheTokenIsKeptUntilTimeHasPassed() {
        TokenState state = empty;
        for (int i = 0; i < 5; i++) {
            state = state.issued(live("t" + i));
            assertThat(state.dropsWhenRejected(token("t" + i), NANOS)).isTrue();
            state = state.rejected(token("t" + i), NANOS);
        }
        state = state.issued(live("t5"));

        assertThat(state.rejected(token("t5"), NANOS)).isSameAs(state);
        assertThat(state.rejected(token("t5"), NANOS + 5 * SECOND - 1)).isSameAs(state);
        assertThat(state.rejected(token("t5"), NANOS + 5 * SECOND).live()).isNull();
    }

    @Test
    void rejected_whileASetbackHolds_failsWithItsCause() {
        TokenState state = empty.issued(live).failed(cut, NANOS, 0).rejected(token("t"), NANOS);

        assertThat(state.next(NANOS, MILLIS)).isEqualTo(FAIL);
        assertThat(state.cause()).isSameAs(cut);
    }
}
