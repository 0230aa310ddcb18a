package dev.latchkey;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.store.StoredToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of users: what the store has and, newer than that, what could not be written yet. A new token that the store did
 * not take stays here, whatever else is forgotten, and is written as soon as the store is back.
 *
 * <p>Writes of one user follow each other, under a lock, so that none that waited goes over one that was decided later.
 */
final class UserStore {
    /** Between tries to write what waits. */
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** For which others leave a user alone whose last writer may have something to write. */
    private static final Duration SETTLING = PAUSE.multipliedBy(3);

    private static final int STRIPES = 64;

    private final WatchedStore store;
    private final Engine engine;
    private final ConcurrentMap<TokenKey, Unsaved> unsaved = new ConcurrentHashMap<>();
    private final ConcurrentMap<TokenKey, HeldLease> kept = new ConcurrentHashMap<>();
    private final AtomicBoolean writing = new AtomicBoolean();
    private final Landing landing = new Landing();
    private final ReentrantLock[] locks = new ReentrantLock[STRIPES];

    /**
     * What a save did.
     *
     * @param stands what stands now
     * @param replaced what it took the place of; null for nothing, or where that is not known
     */
    record Saved(StoredToken stands, @Nullable StoredToken replaced) {}

    UserStore(WatchedStore store, Engine engine) {
        this.store = store;
        this.engine = engine;
        for (int i = 0; i < STRIPES; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** Work on one user. */
    private interface Work<T> {
        T run() throws TokenStoreException;
    }

    private <T> T alone(TokenKey key, Work<T> work) throws TokenStoreException {
        ReentrantLock lock = locks[Math.floorMod(key.hashCode(), STRIPES)];
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    /** Gives what is known, the unwritten first. */
    Optional<StoredToken> load(TokenKey key) throws TokenStoreException {
        return alone(key, () -> {
            Unsaved newer = unsaved.get(key);
            return newer != null && !wrote(key, newer) ? Optional.of(newer.next()) : store.load(key);
        });
    }

    /** {@return the lease, which is the one of before where that was kept; null where a sibling has it} */
    @Nullable
    HeldLease lease(TokenKey key, HeldLease.Terms terms) throws TokenStoreException {
        HeldLease former = kept.remove(key);
        if (former != null && former.resume()) {
            return former;
        }
        HeldLease lease = new HeldLease(new Leases(key), terms, engine);
        return lease.take() ? lease : null;
    }

    /** While the store does not know what came of it, the others must not spend the token that it still has. */
    void release(TokenKey key, HeldLease lease) {
        if (unsaved.containsKey(key)) {
            lease.keepWhile(() -> unsaved.containsKey(key) && engine.whyClosed() == null);
            kept.put(key, lease);
        } else {
            lease.giveBack();
        }
    }

    private void releaseKept(TokenKey key) {
        HeldLease lease = kept.remove(key);
        if (lease != null) {
            lease.giveBackIfKept();
        }
    }

    /** {@return whether there is a state that the store does not have yet} */
    boolean isUnsaved(TokenKey key) {
        return unsaved.containsKey(key);
    }

    /** {@return whether the store was away a moment ago: its last writers may have more to write} */
    boolean isSettling() {
        return store.wasAwayWithin(SETTLING);
    }

    /** Where the store cannot say, and does not know the present state, nobody else can spend its refresh token. */
    private final class Leases implements HeldLease.Place {
        private final TokenKey key;

        Leases(TokenKey key) {
            this.key = key;
        }

        @Override
        public boolean lease(String owner, Duration life) throws TokenStoreException {
            try {
                return store.lease(key, owner, life);
            } catch (TokenStoreException e) {
                if (unsaved.containsKey(key)) {
                    return true;
                }
                throw e;
            }
        }

        @Override
        public void release(String owner) throws TokenStoreException {
            store.release(key, owner);
        }
    }

    /**
     * Notes that a request begins. What waits to be written waits on with the note.
     *
     * @param key whose
     * @param present what {@link #load} gave
     * @param startedAt when it begins
     * @return false where something else stands by now, and nothing is to be sent
     */
    boolean note(TokenKey key, StoredToken present, Instant startedAt) throws TokenStoreException {
        StoredToken next = present.next().attemptStartedAt(startedAt).build();
        return alone(key, () -> {
            Unsaved waiting = unsaved.get(key);
            if (waiting == null) {
                return store.compareAndSet(key, present.generation(), next);
            }
            return waiting.next() == present && unsaved.replace(key, waiting, waiting.with(next));
        });
    }

    /**
     * Saves what came of a refresh token: durable where the store is well, otherwise kept here until it is.
     *
     * @param key whose
     * @param next the state, of any generation
     * @param spent the refresh token that it takes the place of: where the store has another one by now, a sibling's newer state
     *     stands
     * @return what stands now
     */
    Saved save(TokenKey key, StoredToken next, RefreshToken spent) {
        return saved(key, before -> Unsaved.successor(before, next, spent));
    }

    /**
     * Saves what a person decided: to sign in, or out. It takes the place of whatever was there before that.
     *
     * @param key whose
     * @param next the state, of any generation
     * @param decidedAt when
     * @return what stands now
     */
    Saved decide(TokenKey key, StoredToken next, Instant decidedAt) {
        return saved(key, before -> Unsaved.decision(next, decidedAt));
    }

    private interface Plan {
        Unsaved after(@Nullable Unsaved before);
    }

    private Saved saved(TokenKey key, Plan plan) {
        try {
            return alone(key, () -> {
                Unsaved before = unsaved.get(key);
                Writing writing = new Writing(key, plan.after(before));
                try {
                    Saved saved = writing.run();
                    unsaved.remove(key);
                    releaseKept(key);
                    return saved;
                } catch (TokenStoreException e) {
                    unsaved.put(key, writing.wanted);
                    writeLater();
                    return new Saved(writing.wanted.next(), before == null ? null : before.next());
                }
            });
        } catch (TokenStoreException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tries once more to write what waits; not all of it where each try takes long. */
    void flush() {
        long end = engine.time().nanos() + PAUSE.toNanos();
        for (TokenKey key : unsaved.keySet()) {
            if (!flushed(key) && engine.time().nanos() - end >= 0) {
                return;
            }
        }
    }

    private boolean flushed(TokenKey key) {
        try {
            return alone(key, () -> {
                Unsaved waiting = unsaved.get(key);
                return waiting == null || wrote(key, waiting);
            });
        } catch (TokenStoreException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return what is under way with a refresh token} */
    Landing landing() {
        return landing;
    }

    /** A state on its way into the store. */
    private final class Writing {
        private final TokenKey key;
        /** What waits on, should this fail. */
        private Unsaved wanted;

        Writing(TokenKey key, Unsaved wanted) {
            this.key = key;
            this.wanted = wanted;
        }

        /** Siblings may write in between; each time round one of them got on. */
        Saved run() throws TokenStoreException {
            while (true) {
                // A new sign-in does not need what is stored.
                StoredToken present =
                        wanted.decidedAt() == null ? store.load(key).orElse(null) : store.loadOrClear(key);
                if (present != null && !wanted.replaces(present)) {
                    return new Saved(present, null);
                }
                long generation = present == null ? 0 : present.generation();
                StoredToken next = wanted.next().withGeneration(generation + 1);
                if (tried(generation, next)) {
                    return new Saved(next, present);
                }
            }
        }

        /** Where this fails, it may have been done all the same. */
        private boolean tried(long expected, StoredToken next) throws TokenStoreException {
            try {
                return store.compareAndSet(key, expected, next);
            } catch (TokenStoreException e) {
                wanted = wanted.withTry(next.generation());
                throw e;
            }
        }
    }

    private boolean wrote(TokenKey key, Unsaved waiting) {
        Writing writing = new Writing(key, waiting);
        try {
            writing.run();
            unsaved.remove(key, waiting);
            releaseKept(key);
            return true;
        } catch (TokenStoreException e) {
            unsaved.replace(key, waiting, writing.wanted);
            return false;
        }
    }

    /** One loop for all. */
    private void writeLater() {
        if (writing.compareAndSet(false, true)) {
            var unused = engine.later(PAUSE).thenRun(this::flush).whenComplete((done, failure) -> {
                writing.set(false);
                if (failure == null && !unsaved.isEmpty() && engine.whyClosed() == null) {
                    writeLater();
                }
            });
        }
    }
}
