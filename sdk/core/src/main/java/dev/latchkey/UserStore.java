package dev.latchkey;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.event.TokenStoreFailed;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenStore;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of users: what the store has and, newer than that, what could not be written yet. A new token that the store did
 * not take stays here, whatever else is forgotten, and is written as soon as the store is back.
 */
final class UserStore {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int READING = 1;
    private static final int WRITING = 2;

    private final TokenStore store;
    private final Engine engine;
    private final ConcurrentMap<TokenKey, Unsaved> unsaved = new ConcurrentHashMap<>();
    /** What fails now. A disk that is full can still be read: each of both is over only by a success of its own. */
    private final AtomicInteger failing = new AtomicInteger();

    /**
     * A state that the store did not take.
     *
     * @param next the state
     * @param spent the refresh token that it takes the place of; null where it takes the place of anything
     */
    private record Unsaved(StoredToken next, @Nullable RefreshToken spent) {}

    UserStore(TokenStore store, Engine engine) {
        this.store = store;
        this.engine = engine;
    }

    /** Gives what is known, the unwritten first. */
    Optional<StoredToken> load(TokenKey key) throws TokenStoreException {
        Unsaved kept = unsaved.get(key);
        if (kept != null && !flushed(key, kept)) {
            return Optional.of(kept.next());
        }
        return stored(key);
    }

    /** Where the store does not know the present state, nobody else can spend its refresh token: no lease is needed. */
    boolean lease(TokenKey key, String owner, Duration life) throws TokenStoreException {
        try {
            return store.lease(key, owner, life);
        } catch (TokenStoreException | RuntimeException e) {
            TokenStoreException failure = failed(WRITING, key, e);
            if (unsaved.containsKey(key)) {
                return true;
            }
            throw failure;
        }
    }

    /** A lease that cannot be given back runs out. */
    void release(TokenKey key, String owner) {
        try {
            store.release(key, owner);
        } catch (TokenStoreException | RuntimeException e) {
            failed(WRITING, key, e);
        }
    }

    /** Notes that a request begins. What waits to be written is of no generation that the store knows, and waits on with the note. */
    boolean note(TokenKey key, StoredToken present, Instant startedAt) throws TokenStoreException {
        StoredToken next = present.next().attemptStartedAt(startedAt).build();
        Unsaved kept = unsaved.get(key);
        return kept == null || kept.next() != present
                ? compareAndSet(key, present.generation(), next)
                : unsaved.replace(key, kept, new Unsaved(next, kept.spent()));
    }

    private boolean compareAndSet(TokenKey key, long expected, StoredToken next) throws TokenStoreException {
        try {
            boolean written = store.compareAndSet(key, expected, next);
            if (written) {
                well(WRITING);
            }
            return written;
        } catch (TokenStoreException | RuntimeException e) {
            throw failed(WRITING, key, e);
        }
    }

    /**
     * Makes a state known: durable where the store is well, otherwise kept here until it is.
     *
     * @param key whose
     * @param next the state, of any generation
     * @param spent the refresh token that it takes the place of: where the store has another one by now, a sibling's newer state
     *     stands; null where it takes the place of anything
     * @return what stands now
     */
    StoredToken save(TokenKey key, StoredToken next, @Nullable RefreshToken spent) {
        Unsaved before = unsaved.get(key);
        // What the store has is older still than what waits to be written.
        Unsaved wanted = new Unsaved(next, before == null || spent == null ? spent : before.spent());
        try {
            StoredToken stands = written(key, wanted);
            unsaved.remove(key);
            return stands;
        } catch (TokenStoreException e) {
            unsaved.put(key, wanted);
            if (before == null) {
                writeLater(key, FIRST_PAUSE);
            }
            return next;
        }
    }

    /** {@return how many states wait to be written} */
    int unsavedCount() {
        return unsaved.size();
    }

    private Optional<StoredToken> stored(TokenKey key) throws TokenStoreException {
        try {
            Optional<StoredToken> stored = store.load(key);
            well(READING);
            return stored;
        } catch (TokenStoreException | RuntimeException e) {
            throw failed(READING, key, e);
        }
    }

    /** Siblings may write in between; each time round one of them got on. */
    private StoredToken written(TokenKey key, Unsaved wanted) throws TokenStoreException {
        while (true) {
            StoredToken present = replaceable(key, wanted);
            if (present != null && !replaces(wanted, present)) {
                return present;
            }
            long generation = present == null ? 0 : present.generation();
            StoredToken next = wanted.next().withGeneration(generation + 1);
            if (compareAndSet(key, generation, next)) {
                return next;
            }
        }
    }

    /** A new sign-in does not need what is stored: if nobody can read it any more, it goes. */
    private @Nullable StoredToken replaceable(TokenKey key, Unsaved wanted) throws TokenStoreException {
        try {
            return stored(key).orElse(null);
        } catch (TokenStoreException e) {
            if (e.isRetryable() || wanted.spent() != null) {
                throw e;
            }
            store.remove(key);
            return stored(key).orElse(null);
        }
    }

    private static boolean replaces(Unsaved wanted, StoredToken present) {
        RefreshToken spent = wanted.spent();
        return spent == null
                || present.refreshToken().filter(spent::hasSameValueAs).isPresent();
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
            Unsaved kept = unsaved.get(key);
            // What was saved while this was written waits as well.
            boolean left = kept != null && (!flushed(key, kept) || unsaved.containsKey(key));
            if (left && engine.whyClosed() == null) {
                Duration doubled = pause.multipliedBy(2);
                writeLater(key, doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled);
            }
        });
    }

    private void well(int what) {
        failing.updateAndGet(before -> before & ~what);
    }

    /** An outage is told of once, however long it lasts. */
    private TokenStoreException failed(int what, TokenKey key, Exception e) {
        TokenStoreException failure = StoreFailure.of(e);
        if (failing.getAndUpdate(before -> before | what) == 0) {
            engine.events().accept(TokenStoreFailed.of(key, failure));
        }
        return failure;
    }
}
