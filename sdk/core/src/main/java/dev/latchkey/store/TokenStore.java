package dev.latchkey.store;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.token.TokenKey;
import java.time.Duration;
import java.util.Optional;

/**
 * Where tokens live between managers. Whoever fetches a token takes the lease of its key first, looks again, and writes
 * what it got; the others wait for that and send nothing.
 *
 * <p>Open to those who bring a store of their own. Calls may block; they come on threads of the manager, never with a lock
 * held. Where a store fails, a manager fetches a client's own tokens without it; of users it serves what it has in memory, and renews
 * only what nobody else can spend.
 *
 * <p>Thread-safety: must be safe, for threads and for as many processes as share the store.
 */
public interface TokenStore {
    /**
     * Reads what is stored.
     *
     * @param key whose token
     * @return the token; empty where there is none
     * @throws TokenStoreException if the store cannot be read
     */
    Optional<StoredToken> load(TokenKey key) throws TokenStoreException;

    /**
     * Writes a state if nobody wrote another since. On return the write is as durable as the store can make it.
     *
     * @param key whose token
     * @param expected the generation that is stored, 0 for none
     * @param next what to store, of a higher generation; one without tokens says that they ended, and may be forgotten after a day
     * @return whether it was written
     * @throws TokenStoreException if the store cannot be written
     * @throws IllegalArgumentException if the next generation is not above the expected one
     */
    boolean compareAndSet(TokenKey key, long expected, StoredToken next) throws TokenStoreException;

    /**
     * Forgets a key, also where what is stored cannot be read any more.
     *
     * @param key whose state
     * @throws TokenStoreException if the store cannot be written
     */
    void remove(TokenKey key) throws TokenStoreException;

    /**
     * Takes the lease of a key, or keeps it for longer. A lease that ran out is anybody's. A manager asks for five seconds at most,
     * and again while its request is out.
     *
     * @param key whose token is to be fetched
     * @param owner who takes it, unique among all who share the store
     * @param life how long it holds if nobody gives it back
     * @return whether the owner has it
     * @throws TokenStoreException if the store cannot be written
     */
    boolean lease(TokenKey key, String owner, Duration life) throws TokenStoreException;

    /**
     * Gives a lease back. One that somebody else has by now is left alone.
     *
     * @param key the key it was taken for
     * @param owner who took it
     * @throws TokenStoreException if the store cannot be written
     */
    void release(TokenKey key, String owner) throws TokenStoreException;
}
