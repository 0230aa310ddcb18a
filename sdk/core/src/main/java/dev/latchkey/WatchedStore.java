package dev.latchkey;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.event.TokenStoreFailed;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenStore;
import dev.latchkey.token.TokenKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A store whose failures come as the type they should have, and whose outages are told of once, however long they last. */
final class WatchedStore {
    private final TokenStore store;
    private final Engine engine;
    private final StoreHealth health = new StoreHealth();
    private final AtomicReference<@Nullable Long> awayNanos = new AtomicReference<>();

    /** A call of the store. */
    private interface Work<T> {
        T run() throws TokenStoreException;
    }

    WatchedStore(TokenStore store, Engine engine) {
        this.store = store;
        this.engine = engine;
    }

    /**
     * {@return whether it could not be read, or gave no leases, a short time ago} A damaged entry does not make it so, nor a disk
     * that is full.
     */
    boolean wasAwayWithin(Duration time) {
        Long away = awayNanos.get();
        return away != null && engine.time().nanos() - away < time.toNanos();
    }

    Optional<StoredToken> load(TokenKey key) throws TokenStoreException {
        return present(() -> watched(StoreHealth.READING, key, () -> store.load(key), loaded -> true));
    }

    /** For whom what is stored is dispensable: if nobody can read it any more, it goes. */
    @Nullable
    StoredToken loadOrClear(TokenKey key) throws TokenStoreException {
        try {
            return load(key).orElse(null);
        } catch (TokenStoreException e) {
            if (e.isRetryable()) {
                throw e;
            }
            remove(key);
            return load(key).orElse(null);
        }
    }

    boolean compareAndSet(TokenKey key, long expected, StoredToken next) throws TokenStoreException {
        return watched(StoreHealth.WRITING, key, () -> store.compareAndSet(key, expected, next), written -> written);
    }

    void remove(TokenKey key) throws TokenStoreException {
        watched(
                StoreHealth.WRITING,
                key,
                () -> {
                    store.remove(key);
                    return true;
                },
                removed -> false);
    }

    boolean lease(TokenKey key, String owner, Duration life) throws TokenStoreException {
        return present(() -> watched(StoreHealth.WRITING, key, () -> store.lease(key, owner, life), leased -> false));
    }

    void release(TokenKey key, String owner) throws TokenStoreException {
        watched(
                StoreHealth.WRITING,
                key,
                () -> {
                    store.release(key, owner);
                    return true;
                },
                released -> false);
    }

    /** {@return where the leases of one key are} */
    HeldLease.Place leasesOf(TokenKey key) {
        return new HeldLease.Place() {
            @Override
            public boolean lease(String owner, Duration life) throws TokenStoreException {
                return WatchedStore.this.lease(key, owner, life);
            }

            @Override
            public void release(String owner) throws TokenStoreException {
                WatchedStore.this.release(key, owner);
            }
        };
    }

    private <T> T present(Work<T> work) throws TokenStoreException {
        try {
            return work.run();
        } catch (TokenStoreException e) {
            if (e.isRetryable()) {
                awayNanos.set(engine.time().nanos());
            }
            throw e;
        }
    }

    /** Only some calls show by their result that the store is well: a lease is no proof that tokens can be written. */
    private <T> T watched(int what, TokenKey key, Work<T> work, Predicate<T> proof) throws TokenStoreException {
        long begun = health.begin();
        try {
            T result = work.run();
            if (proof.test(result)) {
                health.well(what, begun);
            }
            return result;
        } catch (TokenStoreException | RuntimeException e) {
            TokenStoreException failure = StoreFailure.of(e);
            if (health.failed(what, begun)) {
                engine.events().accept(TokenStoreFailed.of(key, failure));
            }
            throw failure;
        }
    }
}
