package dev.latchkey.store;

import dev.latchkey.internal.time.Time;
import dev.latchkey.token.TokenKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A store in the memory of this process, for several managers of one client. Nothing outlives the process.
 *
 * <p>Thread-safety: safe.
 */
public final class MemoryTokenStore implements TokenStore {
    /** Expired tokens are dropped every so many writes, so that keys which nobody uses any more do not add up. */
    private static final int WRITES_BEFORE_CLEANING = 1000;

    private final ConcurrentMap<TokenKey, StoredToken> tokens = new ConcurrentHashMap<>();
    private final ConcurrentMap<TokenKey, Lease> leases = new ConcurrentHashMap<>();
    private final AtomicLong writes = new AtomicLong();
    private final Time time;

    private record Lease(String owner, long untilNanos) {}

    MemoryTokenStore(Time time) {
        this.time = time;
    }

    /** {@return an empty store} */
    public static MemoryTokenStore create() {
        return new MemoryTokenStore(Time.system());
    }

    @Override
    public Optional<StoredToken> load(TokenKey key) {
        return Optional.ofNullable(tokens.get(key));
    }

    @Override
    public boolean compareAndSet(TokenKey key, long expected, StoredToken next) {
        if (next.generation() <= expected) {
            throw new IllegalArgumentException(
                    "next: its generation " + next.generation() + " is not above " + expected);
        }
        if (writes.incrementAndGet() % WRITES_BEFORE_CLEANING == 0) {
            tokens.values().removeIf(this::isSpent);
        }
        StoredToken present = tokens.get(key);
        if (present == null) {
            return expected == 0 && tokens.putIfAbsent(key, next) == null;
        }
        return present.generation() == expected && tokens.replace(key, present, next);
    }

    @Override
    public void remove(TokenKey key) {
        tokens.remove(key);
    }

    @Override
    public boolean lease(TokenKey key, String owner, Duration life) {
        long nanos = time.nanos();
        var wanted = new Lease(owner, nanos + life.toNanos());
        Lease now = leases.merge(key, wanted, (present, mine) -> isFree(present, owner, nanos) ? mine : present);
        return now.owner().equals(owner);
    }

    @Override
    public void release(TokenKey key, String owner) {
        leases.computeIfPresent(key, (ignored, present) -> present.owner().equals(owner) ? null : present);
    }

    /** {@return how many keys have a token; never a token} */
    @Override
    public String toString() {
        return "MemoryTokenStore[" + tokens.size() + " keys]";
    }

    /** A client's own token that is over. What belongs to a user stays: also that there is nothing any more. */
    private boolean isSpent(StoredToken stored) {
        return stored.refreshToken().isEmpty()
                && stored.ended().isEmpty()
                && stored.accessToken()
                        .filter(token -> token.expiresAt().isBefore(time.now()))
                        .isPresent();
    }

    private static boolean isFree(Lease present, String owner, long nanos) {
        return present.owner().equals(owner) || nanos - present.untilNanos() >= 0;
    }
}
