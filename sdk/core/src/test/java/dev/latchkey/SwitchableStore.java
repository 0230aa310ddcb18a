package dev.latchkey;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.TokenStoreException;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenStore;
import dev.latchkey.token.TokenKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A memory store that can be broken, and whose leases can be given to anybody. */
final class SwitchableStore implements TokenStore {
    final Semaphore writes = new Semaphore(0);
    /** How often it was read, written or asked for a lease. */
    final AtomicInteger touched = new AtomicInteger();

    final MemoryTokenStore memory;
    volatile boolean broken;
    /** It can be read, and nothing else. */
    volatile boolean full;

    volatile boolean damaged;
    /** It writes, and then says that it could not. */
    volatile boolean forgetful;

    volatile boolean leases = true;

    SwitchableStore() {
        this(MemoryTokenStore.create());
    }

    /** Another way to the same tokens. */
    SwitchableStore(MemoryTokenStore memory) {
        this.memory = memory;
    }

    private void check() throws TokenStoreException {
        if (broken) {
            throw noRoom();
        }
    }

    private TokenStoreException noRoom() {
        return new TokenStoreException(ErrorDetails.builder("Token store", "the disk is full")
                .remedy("Make room.")
                .retryable(true)
                .build());
    }

    @Override
    public Optional<StoredToken> load(TokenKey key) throws TokenStoreException {
        touched.incrementAndGet();
        if (damaged) {
            throw new TokenStoreException(ErrorDetails.builder("Token store", "the entry is damaged")
                    .remedy("Have the person sign in again.")
                    .build());
        }
        if (broken) {
            throw new IllegalStateException("disk");
        }
        return memory.load(key);
    }

    @Override
    public boolean compareAndSet(TokenKey key, long expected, StoredToken next) throws TokenStoreException {
        touched.incrementAndGet();
        check();
        if (full) {
            if (memory.load(key).map(StoredToken::generation).orElse(0L) != expected) {
                return false;
            }
            throw noRoom();
        }
        boolean written = memory.compareAndSet(key, expected, next);
        if (forgetful && next.attemptStartedAt().isEmpty()) {
            throw noRoom();
        }
        if (written && next.generation() > 1 && next.attemptStartedAt().isEmpty()) {
            writes.release();
        }
        return written;
    }

    @Override
    public void remove(TokenKey key) throws TokenStoreException {
        check();
        damaged = false;
        memory.remove(key);
    }

    @Override
    public boolean lease(TokenKey key, String owner, Duration life) throws TokenStoreException {
        touched.incrementAndGet();
        check();
        return !leases || memory.lease(key, owner, life);
    }

    @Override
    public void release(TokenKey key, String owner) throws TokenStoreException {
        check();
        memory.release(key, owner);
    }
}
