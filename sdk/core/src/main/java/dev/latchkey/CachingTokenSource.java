package dev.latchkey;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.TransportException;
import dev.latchkey.event.TokenRejected;
import dev.latchkey.internal.flight.SingleFlight;
import dev.latchkey.internal.time.Time;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.TokenKey;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the token of one key. A live token costs one volatile read and a look at the clocks; a stale one is given out
 * while another is fetched behind; without a live one all callers share one request.
 *
 * <p>Thread-safety: safe; no lock. The state is one immutable value, replaced by compare-and-set.
 */
final class CachingTokenSource implements TokenSource {
    /** In place of atomic objects: with many users, each object on the way to a token is a wait for memory. */
    private static final AtomicReferenceFieldUpdater<CachingTokenSource, TokenState> STATE =
            AtomicReferenceFieldUpdater.newUpdater(CachingTokenSource.class, TokenState.class, "state");

    // What nearly every call reads, in front: among many users, what lies together is one wait for memory.
    private volatile TokenState state;
    private final boolean onMachineTime;

    private final TokenKey key;
    private final TokenStage origin;
    private final Refresh refresh;
    private final Engine engine;
    private final Time time;
    private final SingleFlight<AccessToken> flight = new SingleFlight<>();
    private final Supplier<CompletableFuture<AccessToken>> fetch = this::fetch;

    /**
     * What the cache needs to know of its manager.
     *
     * @param cap the longest time before its end at which a token is refreshed
     * @param timeout how long fetching one may take in all
     */
    record Refresh(Duration cap, Duration timeout) {}

    CachingTokenSource(TokenKey key, TokenStage origin, Refresh refresh, Engine engine) {
        this.key = key;
        this.origin = origin;
        this.refresh = refresh;
        this.engine = engine;
        this.time = engine.time();
        this.onMachineTime = time.isOfThisMachine();
        this.state = TokenState.empty(time.nanos());
    }

    @Override
    public AccessToken token() throws OAuthException {
        AccessToken live = liveToken();
        return live != null ? live : Waiting.forToken(shared());
    }

    @Override
    public CompletableFuture<AccessToken> tokenAsync() {
        TokenState now = state;
        return switch (next(now)) {
            case SERVE -> CompletableFuture.completedFuture(now.token());
            case SERVE_AND_REFRESH -> {
                flight.launch(fetch);
                yield CompletableFuture.completedFuture(now.token());
            }
            case FETCH -> flight.join(fetch);
            case FAIL -> CompletableFuture.failedFuture(now.cause());
        };
    }

    /** {@return the token to come, where there is none the same object for all: to wait for, not to cancel or hand on} */
    CompletableFuture<AccessToken> shared() {
        return next(state) == TokenState.Step.FETCH ? flight.shared(fetch) : tokenAsync();
    }

    /** {@return the live token, or null where there is none} */
    @Nullable
    AccessToken liveToken() {
        return liveTokenAt(Time.machineNanos());
    }

    /**
     * The path of nearly every call.
     *
     * @param machineNanos the ticker of this machine, read before anything else: a processor first ends the loads that come before
     *     the reading of a clock, and does those after it meanwhile
     * @return the live token, or null where there is none
     */
    @Nullable
    AccessToken liveTokenAt(long machineNanos) {
        long nanos = onMachineTime ? machineNanos : time.nanos();
        long millis = onMachineTime ? Time.machineMillisAt(nanos) : time.millisAt(nanos);
        TokenState now = state;
        AccessToken fresh = now.freshAt(nanos, millis);
        return fresh != null ? fresh : staleToken(now, now.next(nanos, millis));
    }

    private @Nullable AccessToken staleToken(TokenState now, TokenState.Step next) {
        return switch (next) {
            case SERVE -> now.token();
            case SERVE_AND_REFRESH -> {
                flight.launch(fetch);
                yield now.token();
            }
            case FETCH, FAIL -> null;
        };
    }

    @Override
    public void reject(AccessToken token) {
        long nanos = time.nanos();
        TokenState before = STATE.getAndUpdate(this, current -> current.rejected(token, nanos));
        engine.events().accept(TokenRejected.of(key, before.dropsWhenRejected(token, nanos)));
    }

    /** Serves this token from now on, whatever there was before. */
    void serve(AccessToken token) {
        var policy = new FreshnessPolicy(refresh.cap(), engine.random().getAsDouble());
        LiveToken live = LiveToken.of(token, time.nanos(), policy);
        origin.served(token);
        update(current -> current.signedIn(live));
    }

    /** Forgets the token and every failure: the next caller looks again. */
    void forget() {
        update(current -> current.forgotten(time.nanos()));
    }

    /** Forgets the token and tells those who wait for one. */
    void close(OAuthException reason) {
        STATE.updateAndGet(this, current -> current.emptied(time.nanos()));
        flight.abort(reason);
    }

    private TokenState.Step next(TokenState now) {
        long nanos = time.nanos();
        return now.next(nanos, time.millisAt(nanos));
    }

    /** Runs for one caller per flight. Looks again first: that caller may have been overtaken by a flight that landed. */
    private CompletableFuture<AccessToken> fetch() {
        RuntimeException closed = engine.whyClosed();
        if (closed != null) {
            return CompletableFuture.failedFuture(closed);
        }
        TokenState now = state;
        return switch (next(now)) {
            case SERVE -> CompletableFuture.completedFuture(now.token());
            case FAIL -> CompletableFuture.failedFuture(now.cause());
            case FETCH, SERVE_AND_REFRESH -> requested(now.epoch());
        };
    }

    private CompletableFuture<AccessToken> requested(long begun) {
        return time.limited(refresh.timeout(), origin.request(this::worthRetrying))
                .handle((issued, thrown) -> landed(issued, thrown, begun));
    }

    /** Somebody signed in or out while the flight was under way: what it brings belongs to a past that nobody wants. */
    private AccessToken overtaken() {
        TokenState now = state;
        return switch (next(now)) {
            case SERVE, SERVE_AND_REFRESH -> now.token();
            case FAIL, FETCH ->
                throw new CompletionException(new TransportException(
                        ErrorDetails.builder("Token of a user", "somebody signed in or out while it was renewed")
                                .remedy("Ask again.")
                                .retryable(true)
                                .build()));
        };
    }

    private boolean worthRetrying() {
        if (engine.whyClosed() != null) {
            return false;
        }
        TokenState now = state;
        return switch (next(now)) {
            case FETCH, FAIL -> !now.isFailingAt(time.nanos());
            case SERVE, SERVE_AND_REFRESH -> false;
        };
    }

    private AccessToken landed(@Nullable IssuedToken issued, @Nullable Throwable thrown, long begun) {
        if (issued != null) {
            var policy = new FreshnessPolicy(refresh.cap(), engine.random().getAsDouble());
            LiveToken live = LiveToken.of(issued.token(), issued.sentNanos(), policy);
            return landed(current -> current.issued(live), begun) ? issued.token() : overtaken();
        }
        Throwable error = told(RetryingStage.unwrapped(Objects.requireNonNull(thrown, "thrown")));
        double random = engine.random().getAsDouble();
        if (landed(current -> current.failed(error, time.nanos(), random), begun)) {
            throw new CompletionException(error);
        }
        return overtaken();
    }

    /** Whether nobody has signed in or out since; the same compare-and-set that changes the state decides. */
    private boolean landed(UnaryOperator<TokenState> step, long begun) {
        update(current -> current.epoch() == begun ? step.apply(current) : current);
        return state.epoch() == begun;
    }

    /** A signer, a store or an executor that hangs must not hold callers for ever. */
    private Throwable told(Throwable error) {
        return error instanceof TimeoutException ? Waiting.tookTooLong(refresh.timeout()) : error;
    }

    /** A closed manager keeps nothing, also of a flight that lands late. */
    private void update(UnaryOperator<TokenState> step) {
        if (engine.whyClosed() == null) {
            STATE.getAndUpdate(this, step);
        }
        if (engine.whyClosed() != null) {
            STATE.updateAndGet(this, current -> current.emptied(time.nanos()));
        }
    }
}
