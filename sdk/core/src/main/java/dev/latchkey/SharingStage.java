package dev.latchkey;

import dev.latchkey.CachingTokenSource.Refresh;
import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.TokenStoreException;
import dev.latchkey.event.TokenStoreFailed;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenStore;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.TokenKey;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares tokens with other managers through a store: takes the token that a sibling stored, waits while a sibling fetches,
 * and lets the others have what it fetched itself. A store that fails is gone round; no caller notices.
 */
final class SharingStage implements TokenStage {
    private static final Duration LONGEST_LOOK_PAUSE = Duration.ofMillis(200);
    /** The middle between refreshing early and late. */
    private static final double NO_JITTER = 0.5;

    private final TokenKey key;
    private final TokenStore store;
    private final Refresh refresh;
    private final TokenStage next;
    private final Engine engine;
    private final String owner = UUID.randomUUID().toString();
    /** The token that came through here last: it is no news when the store still has it, not even after a rejection. */
    private final AtomicReference<@Nullable AccessToken> last = new AtomicReference<>();

    /** What a look into the store says. */
    private sealed interface Look {
        /** A sibling stored a token that is good to use. */
        record Sibling(IssuedToken token) implements Look {}

        /** The lease is ours: fetch, and write over that generation. */
        record Ours(long generation) implements Look {}

        /** A sibling has the lease. */
        record Taken() implements Look {}

        /** The store failed. */
        record Failed() implements Look {}
    }

    private SharingStage(TokenKey key, TokenStore store, Refresh refresh, TokenStage next, Engine engine) {
        this.key = key;
        this.store = store;
        this.refresh = refresh;
        this.next = next;
        this.engine = engine;
    }

    static TokenStage create(
            TokenKey key, @Nullable TokenStore store, Refresh refresh, TokenStage next, Engine engine) {
        return store == null ? next : new SharingStage(key, store, refresh, next, engine);
    }

    @Override
    public CompletableFuture<IssuedToken> request(BooleanSupplier callersWait) {
        return engine.supply(this::look)
                .thenCompose(look -> proceed(look, callersWait))
                .thenApply(token -> {
                    last.set(token.token());
                    return token;
                });
    }

    private CompletableFuture<IssuedToken> proceed(Look look, BooleanSupplier callersWait) {
        if (look instanceof Look.Sibling sibling) {
            return CompletableFuture.completedFuture(sibling.token());
        }
        if (look instanceof Look.Ours ours) {
            return next.request(callersWait).whenComplete((token, error) -> handOver(token, ours.generation()));
        }
        boolean waits = look instanceof Look.Taken && engine.whyClosed() == null;
        return waits ? lookAgain(callersWait) : next.request(callersWait);
    }

    private CompletableFuture<IssuedToken> lookAgain(BooleanSupplier callersWait) {
        var pause = Duration.ofNanos(
                (long) (LONGEST_LOOK_PAUSE.toNanos() * engine.random().getAsDouble()));
        return engine.later(pause).thenCompose(ignored -> request(callersWait));
    }

    /** Looks before the lease, so as not to take one for nothing, and after it, since a sibling may just have written. */
    private Look look() {
        try {
            Optional<IssuedToken> sibling = sibling(store.load(key).orElse(null));
            if (sibling.isPresent()) {
                return new Look.Sibling(sibling.get());
            }
            return store.lease(key, owner, refresh.timeout()) ? lookUnderLease() : new Look.Taken();
        } catch (TokenStoreException | RuntimeException e) {
            failed(e);
            return new Look.Failed();
        }
    }

    private Look lookUnderLease() throws TokenStoreException {
        boolean kept = false;
        try {
            StoredToken stored = store.load(key).orElse(null);
            Optional<IssuedToken> sibling = sibling(stored);
            kept = sibling.isEmpty();
            return kept ? new Look.Ours(stored == null ? 0 : stored.generation()) : new Look.Sibling(sibling.get());
        } finally {
            if (!kept) {
                release();
            }
        }
    }

    private Optional<IssuedToken> sibling(@Nullable StoredToken stored) {
        return Optional.ofNullable(stored)
                .flatMap(StoredToken::accessToken)
                .filter(token -> last.get() == null || !token.hasSameValueAs(last.get()))
                .map(this::timed)
                .filter(this::isFresh);
    }

    /** A token of another host is timed by the wall clocks of both. */
    private IssuedToken timed(AccessToken token) {
        Duration age = Duration.between(token.issuedAt(), engine.time().now());
        return new IssuedToken(token, engine.time().nanos() - Math.max(0, age.toNanos()));
    }

    private boolean isFresh(IssuedToken token) {
        var policy = new FreshnessPolicy(refresh.cap(), NO_JITTER);
        return LiveToken.of(token.token(), token.sentNanos(), policy)
                        .at(engine.time().nanos(), engine.time().millis())
                == LiveToken.Freshness.FRESH;
    }

    private void handOver(@Nullable IssuedToken token, long generation) {
        try {
            if (token != null) {
                store.compareAndSet(key, generation, StoredToken.of(token.token(), generation + 1));
            }
        } catch (TokenStoreException | RuntimeException e) {
            failed(e);
        } finally {
            release();
        }
    }

    private void release() {
        try {
            store.release(key, owner);
        } catch (TokenStoreException | RuntimeException e) {
            failed(e);
        }
    }

    /** A store of the user's own may throw anything: its drivers do. */
    private void failed(Exception e) {
        TokenStoreException failure = e instanceof TokenStoreException known ? known : unknown(e);
        engine.events().accept(TokenStoreFailed.of(key, failure));
    }

    private static TokenStoreException unknown(Exception e) {
        return new TokenStoreException(
                ErrorDetails.builder("Token store", "it threw " + e.getClass().getName())
                        .remedy("Look at the store and what it is connected to; have it throw TokenStoreException.")
                        .retryable(true)
                        .build());
    }
}
