package dev.latchkey;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.event.TokenStoreFailed;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenStore;
import dev.latchkey.token.TokenKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose failures come as the type they should have, and whose outages are told of once, however long they last. */
final class WatchedStore {
    private static final int READING = 1;
    private static final int WRITING = 2;

    private final TokenStore store;
    private final Engine engine;
    /** What fails now. A disk that is full can still be read: each of both is over only by a success of its own. */
    private final AtomicInteger failing = new AtomicInteger();

    /** A call of the store. */
    private interface Work<T> {
        T run() throws TokenStoreException;
    }

    WatchedStore(TokenStore store, Engine engine) {
        this.store = store;
        this.engine = engine;
    }

    Optional<StoredToken> load(TokenKey key) throws TokenStoreException {
        Optional<StoredToken> loaded = watched(READING, key, () -> store.load(key));
        well(READING);
        return loaded;
    }

    boolean compareAndSet(TokenKey key, long expected, StoredToken next) throws TokenStoreException {
        boolean written = watched(WRITING, key, () -> store.compareAndSet(key, expected, next));
        if (written) {
            well(WRITING);
        }
        return written;
    }

    void remove(TokenKey key) throws TokenStoreException {
        watched(WRITING, key, () -> {
            store.remove(key);
            return true;
        });
    }

    boolean lease(TokenKey key, String owner, Duration life) throws TokenStoreException {
        return watched(WRITING, key, () -> store.lease(key, owner, life));
    }

    void release(TokenKey key, String owner) throws TokenStoreException {
        watched(WRITING, key, () -> {
            store.release(key, owner);
            return true;
        });
    }

    private <T> T watched(int what, TokenKey key, Work<T> work) throws TokenStoreException {
        try {
            return work.run();
        } catch (TokenStoreException | RuntimeException e) {
            TokenStoreException failure = StoreFailure.of(e);
            if (failing.getAndUpdate(before -> before | what) == 0) {
                engine.events().accept(TokenStoreFailed.of(key, failure));
            }
            throw failure;
        }
    }

    private void well(int what) {
        failing.updateAndGet(before -> before & ~what);
    }
}
