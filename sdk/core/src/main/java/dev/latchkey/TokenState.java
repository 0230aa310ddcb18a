package dev.latchkey;

import dev.latchkey.token.AccessToken;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about the token of one key, as one value: what to do next is a pure function of it and of the time,
 * and every event makes the next state.
 */
final class TokenState {
    /** An API that refuses every token costs 5 requests, then one each 5 s: a healed revocation, but no loop. */
    private static final Allowance.Rate REJECTIONS = new Allowance.Rate(5, Duration.ofSeconds(5));

    /** What a caller gets. */
    enum Step {
        /** The token. */
        SERVE,
        /** The token, and another one is fetched behind. */
        SERVE_AND_REFRESH,
        /** A token that is fetched now. */
        FETCH,
        /** The failure that is remembered. */
        FAIL
    }

    // Copies out of the live token, for nearly every call, and in front, where they lie together: among many users,
    // each object on the way is a wait for memory.
    private final @Nullable AccessToken token;
    private final long staleNanos;
    private final long staleMillis;

    private final @Nullable LiveToken live;
    private final @Nullable Setback setback;
    private final Allowance rejections;
    private final long epoch;

    /**
     * Puts a state together.
     *
     * @param live the token, with the instants that decide over it; null where there is none
     * @param setback the last failure; null after a success
     * @param rejections how many refused tokens may still be replaced at once
     * @param epoch rises with each sign-in and sign-out: what was begun in an earlier one changes nothing any more
     */
    private TokenState(@Nullable LiveToken live, @Nullable Setback setback, Allowance rejections, long epoch) {
        this.live = live;
        this.setback = setback;
        this.rejections = rejections;
        this.epoch = epoch;
        this.token = live == null ? null : live.token();
        this.staleNanos = live == null ? 0 : live.staleNanos();
        this.staleMillis = live == null ? Long.MIN_VALUE : live.staleMillis();
    }

    static TokenState empty(long nanos) {
        return new TokenState(null, null, Allowance.full(REJECTIONS, nanos), 0);
    }

    /** {@return the token if nothing else is to be done, otherwise null} The short way of {@link #next}. */
    @Nullable
    AccessToken freshAt(long nanos, long millis) {
        return nanos - staleNanos < 0 && millis < staleMillis ? token : null;
    }

    @Nullable
    LiveToken live() {
        return live;
    }

    @Nullable
    Setback setback() {
        return setback;
    }

    long epoch() {
        return epoch;
    }

    Step next(long nanos, long millis) {
        LiveToken.Freshness freshness = live == null ? LiveToken.Freshness.EXPIRED : live.at(nanos, millis);
        if (freshness == LiveToken.Freshness.FRESH) {
            return Step.SERVE;
        }
        boolean pausing = setback != null && setback.holdsAt(nanos);
        if (freshness == LiveToken.Freshness.STALE) {
            return pausing ? Step.SERVE : Step.SERVE_AND_REFRESH;
        }
        return pausing ? Step.FAIL : Step.FETCH;
    }

    TokenState issued(LiveToken token) {
        return new TokenState(token, null, rejections, epoch);
    }

    TokenState failed(Throwable cause, long nanos, double random) {
        return new TokenState(live, Setback.after(setback, cause, nanos, random), rejections, epoch);
    }

    /** Somebody signed in: this token, whatever there was before. */
    TokenState signedIn(LiveToken token) {
        return new TokenState(token, null, rejections, epoch + 1);
    }

    /** Somebody signed out, or the store is to be asked anew. */
    TokenState forgotten(long nanos) {
        return new TokenState(null, null, Allowance.full(REJECTIONS, nanos), epoch + 1);
    }

    /** Nothing is kept; a flight that is under way may still land. */
    TokenState emptied(long nanos) {
        return new TokenState(null, null, Allowance.full(REJECTIONS, nanos), epoch);
    }

    /** Whether requests fail at present. A failure of long ago says nothing about the next one. */
    boolean isFailingAt(long nanos) {
        return setback != null && setback.isRecentAt(nanos);
    }

    /** Whether that token is the one given out, and replacing it would not be a loop. */
    boolean dropsWhenRejected(AccessToken refused, long nanos) {
        return live != null && live.token().hasSameValueAs(refused) && !rejections.isEmptyAt(nanos);
    }

    TokenState rejected(AccessToken refused, long nanos) {
        return dropsWhenRejected(refused, nanos) ? new TokenState(null, setback, rejections.used(nanos), epoch) : this;
    }

    AccessToken token() {
        return Objects.requireNonNull(live, "live").token();
    }

    Throwable cause() {
        return Objects.requireNonNull(setback, "setback").cause();
    }
}
