package dev.latchkey;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenStore;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of users: what the store has and, newer than that, what could not be written yet. A new token that the store did
 * not take stays here, whatever else is forgotten, and is written as soon as the store is back.
 *
 * <p>Writes of one user follow each other, under a lock, so that none that waited goes over one that was decided later.
 */
final class UserStore {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int STRIPES = 64;

    private final WatchedStore store;
    private final Engine engine;
    private final ConcurrentMap<TokenKey, Unsaved> unsaved = new ConcurrentHashMap<>();
    private final ConcurrentMap<TokenKey, String> unreleased = new ConcurrentHashMap<>();
    private final Landing landing = new Landing();
    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

    /**
     * What a save did.
     *
     * @param stands what stands now
     * @param replaced what it took the place of; null for nothing, or where that is not known
     */
    record Saved(StoredToken stands, @Nullable StoredToken replaced) {}

    UserStore(TokenStore store, Engine engine) {
        this.store = new WatchedStore(store, engine);
        this.engine = engine;
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
            Unsaved kept = unsaved.get(key);
            return kept != null && !flushed(key, kept) ? Optional.of(kept.next()) : store.load(key);
        });
    }

    /** Where the store does not know the present state, nobody else can spend its refresh token: no lease is needed. */
    boolean lease(TokenKey key, String owner, Duration life) throws TokenStoreException {
        String former = unreleased.remove(key);
        if (former != null && !former.equals(owner)) {
            release(key, former);
        }
        try {
            return store.lease(key, owner, life);
        } catch (TokenStoreException e) {
            if (unsaved.containsKey(key)) {
                return true;
            }
            throw e;
        }
    }

    /** A lease that cannot be given back is given back before the next one is taken here; elsewhere it runs out. */
    void release(TokenKey key, String owner) {
        try {
            store.release(key, owner);
        } catch (TokenStoreException e) {
            // The first one has it in the store; those after it went on without.
            unreleased.putIfAbsent(key, owner);
        }
    }

    /** Notes that a request begins. What waits to be written is of no generation that the store knows, and waits on with the note. */
    boolean note(TokenKey key, StoredToken present, Instant startedAt) throws TokenStoreException {
        StoredToken next = present.next().attemptStartedAt(startedAt).build();
        return alone(key, () -> {
            Unsaved kept = unsaved.get(key);
            if (kept != null && kept.next() == present) {
                return unsaved.replace(key, kept, kept.with(next));
            }
            return store.compareAndSet(key, present.generation(), next);
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
                Unsaved wanted = plan.after(before);
                try {
                    Saved saved = written(key, wanted);
                    unsaved.remove(key);
                    return saved;
                } catch (TokenStoreException e) {
                    unsaved.put(key, wanted);
                    if (before == null) {
                        writeLater(key, FIRST_PAUSE);
                    }
                    return new Saved(wanted.next(), before == null ? null : before.next());
                }
            });
        } catch (TokenStoreException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tries once more to write what waits. */
    void flush() {
        unsaved.forEach((key, kept) -> {
            try {
                boolean ignored = alone(key, () -> !kept.equals(unsaved.get(key)) || flushed(key, kept));
            } catch (TokenStoreException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** {@return what is under way with a refresh token} */
    Landing landing() {
        return landing;
    }

    /** Siblings may write in between; each time round one of them got on. */
    private Saved written(TokenKey key, Unsaved wanted) throws TokenStoreException {
        while (true) {
            StoredToken present = replaceable(key, wanted);
            if (present != null && !wanted.replaces(present)) {
                return new Saved(present, null);
            }
            long generation = present == null ? 0 : present.generation();
            StoredToken next = wanted.next().withGeneration(generation + 1);
            if (store.compareAndSet(key, generation, next)) {
                return new Saved(next, present);
            }
        }
    }

    /** A new sign-in does not need what is stored: if nobody can read it any more, it goes. */
    private @Nullable StoredToken replaceable(TokenKey key, Unsaved wanted) throws TokenStoreException {
        try {
            return store.load(key).orElse(null);
        } catch (TokenStoreException e) {
            if (e.isRetryable() || wanted.decidedAt() == null) {
                throw e;
            }
            store.remove(key);
            return store.load(key).orElse(null);
        }
    }

    private boolean flushed(TokenKey key, Unsaved kept) {
        try {
            written(key, kept);
            unsaved.remove(key, kept);
            return true;
        } catch (TokenStoreException e) {
            return false;
        }
    }

    private void writeLater(TokenKey key, Duration pause) {
        var unused = engine.later(pause).thenRun(() -> {
            flush();
            if (unsaved.containsKey(key) && engine.whyClosed() == null) {
                Duration doubled = pause.multipliedBy(2);
                writeLater(key, doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled);
            }
        });
    }
}
