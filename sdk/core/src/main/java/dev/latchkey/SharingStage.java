package dev.latchkey;

import dev.latchkey.CachingTokenSource.Refresh;
import dev.latchkey.error.TokenStoreException;
import dev.latchkey.store.StoredToken;
import dev.latchkey.token.TokenKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares tokens with other managers through a store: takes the token that a sibling stored, waits while a sibling fetches,
 * and lets the others have what it fetched itself. A store that fails is gone round; no caller notices.
 */
final class SharingStage implements TokenStage {
    private static final Duration LONGEST_LOOK_PAUSE = Duration.ofMillis(200);

    private final TokenKey key;
    private final WatchedStore store;
    private final Refresh refresh;
    private final TokenStage next;
    private final Engine engine;
    private final SiblingTokens siblings;

    /** What a look into the store says. */
    private sealed interface Look {
        /** A sibling stored a token that is good to use. */
        record Sibling(IssuedToken token) implements Look {}

        /** The lease is ours: fetch, and write over that generation. */
        record Ours(HeldLease lease, long generation) implements Look {}

        /** A sibling has the lease. */
        record Taken() implements Look {}

        /** The store failed. */
        record Failed() implements Look {}
    }

    SharingStage(TokenKey key, WatchedStore store, Refresh refresh, TokenStage next, Engine engine) {
        this.key = key;
        this.store = store;
        this.refresh = refresh;
        this.next = next;
        this.engine = engine;
        this.siblings = new SiblingTokens(refresh, engine);
    }

    @Override
    public CompletableFuture<IssuedToken> request(BooleanSupplier worthRetrying) {
        return engine.supply(this::look)
                .thenCompose(look -> proceed(look, worthRetrying))
                .thenApply(siblings::passed);
    }

    private CompletableFuture<IssuedToken> proceed(Look look, BooleanSupplier worthRetrying) {
        if (look instanceof Look.Sibling sibling) {
            return CompletableFuture.completedFuture(sibling.token());
        }
        if (look instanceof Look.Ours ours) {
            return next.request(worthRetrying).whenComplete((token, error) -> handOver(token, ours));
        }
        boolean waits = look instanceof Look.Taken && engine.whyClosed() == null;
        return waits ? lookAgain(worthRetrying) : next.request(worthRetrying);
    }

    private CompletableFuture<IssuedToken> lookAgain(BooleanSupplier worthRetrying) {
        var pause = Duration.ofNanos(
                (long) (LONGEST_LOOK_PAUSE.toNanos() * engine.random().getAsDouble()));
        return engine.later(pause).thenCompose(ignored -> request(worthRetrying));
    }

    /** Looks before the lease, so as not to take one for nothing, and after it, since a sibling may just have written. */
    private Look look() {
        try {
            Optional<IssuedToken> sibling = siblings.in(store.loadOrClear(key));
            if (sibling.isPresent()) {
                return new Look.Sibling(sibling.get());
            }
            var terms = HeldLease.Terms.of(refresh.timeout(), refresh.timeout());
            var lease = new HeldLease(store.leasesOf(key), terms, engine);
            return lease.take() ? lookUnder(lease) : new Look.Taken();
        } catch (TokenStoreException e) {
            return new Look.Failed();
        }
    }

    private Look lookUnder(HeldLease lease) throws TokenStoreException {
        boolean kept = false;
        try {
            StoredToken stored = store.loadOrClear(key);
            Optional<IssuedToken> sibling = siblings.in(stored);
            kept = sibling.isEmpty();
            return kept
                    ? new Look.Ours(lease, stored == null ? 0 : stored.generation())
                    : new Look.Sibling(sibling.get());
        } finally {
            if (!kept) {
                lease.giveBack();
            }
        }
    }

    private void handOver(@Nullable IssuedToken token, Look.Ours ours) {
        try {
            if (token != null) {
                store.compareAndSet(key, ours.generation(), StoredToken.of(token.token(), ours.generation() + 1));
            }
        } catch (TokenStoreException e) {
            // Told of by the store; the caller has the token all the same.
            return;
        } finally {
            ours.lease().giveBack();
        }
    }
}
