package dev.latchkey.event;

import dev.latchkey.error.OAuthException;
import dev.latchkey.token.TokenKey;
import java.time.Duration;

/**
 * A token request failed: one event for each attempt. A caller notices only if no live token is left.
 *
 * <p>Thread-safety: immutable.
 */
public final class TokenRequestFailed implements TokenEvent {
    private final TokenKey key;
    private final OAuthException error;
    private final Duration elapsed;

    private TokenRequestFailed(TokenKey key, OAuthException error, Duration elapsed) {
        this.key = key;
        this.error = error;
        this.elapsed = elapsed;
    }

    /**
     * Makes the event.
     *
     * @param key whose token was asked for
     * @param error why there is none
     * @param elapsed from before the request was sent to the failure
     * @return the event
     */
    public static TokenRequestFailed of(TokenKey key, OAuthException error, Duration elapsed) {
        return new TokenRequestFailed(key, error, elapsed);
    }

    @Override
    public TokenKey key() {
        return key;
    }

    /** {@return why there is no token, with its remedy} */
    public OAuthException error() {
        return error;
    }

    /** {@return the time from before the request was sent to the failure} */
    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public String toString() {
        return "TokenRequestFailed[" + key + ", " + error.getClass().getSimpleName() + ", elapsed=" + elapsed + "]";
    }
}
