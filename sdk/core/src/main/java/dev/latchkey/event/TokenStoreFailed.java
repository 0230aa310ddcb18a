package dev.latchkey.event;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.token.TokenKey;

/**
 * The store could not be read or written; the manager goes on without it.
 *
 * <p>Thread-safety: immutable.
 */
public final class TokenStoreFailed implements TokenEvent {
    private final TokenKey key;
    private final TokenStoreException error;

    private TokenStoreFailed(TokenKey key, TokenStoreException error) {
        this.key = key;
        this.error = error;
    }

    /**
     * Makes the event.
     *
     * @param key whose token was to be read or written
     * @param error why it was not
     * @return the event
     */
    public static TokenStoreFailed of(TokenKey key, TokenStoreException error) {
        return new TokenStoreFailed(key, error);
    }

    @Override
    public TokenKey key() {
        return key;
    }

    /** {@return why the store was not read or written, with its remedy} */
    public TokenStoreException error() {
        return error;
    }

    @Override
    public String toString() {
        return "TokenStoreFailed[" + key + ", " + error.getClass().getSimpleName() + "]";
    }
}
