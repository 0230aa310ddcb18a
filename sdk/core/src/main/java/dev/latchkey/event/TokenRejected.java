package dev.latchkey.event;

import dev.latchkey.token.TokenKey;

/**
 * An API refused a token before its time.
 *
 * <p>Thread-safety: immutable.
 */
public final class TokenRejected implements TokenEvent {
    private final TokenKey key;
    private final boolean dropped;

    private TokenRejected(TokenKey key, boolean dropped) {
        this.key = key;
        this.dropped = dropped;
    }

    /**
     * Makes the event.
     *
     * @param key whose token was refused
     * @param dropped whether the token was dropped
     * @return the event
     */
    public static TokenRejected of(TokenKey key, boolean dropped) {
        return new TokenRejected(key, dropped);
    }

    @Override
    public TokenKey key() {
        return key;
    }

    /**
     * {@return whether the token was dropped, so that the next caller gets another; false where another one had taken its
     * place already, and where tokens are refused so quickly that asking for more would be a loop}
     */
    public boolean dropped() {
        return dropped;
    }

    @Override
    public String toString() {
        return "TokenRejected[" + key + ", dropped=" + dropped + "]";
    }
}
