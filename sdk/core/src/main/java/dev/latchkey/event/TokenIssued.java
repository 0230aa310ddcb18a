package dev.latchkey.event;

import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenKey;
import java.time.Duration;

/**
 * A token came.
 *
 * <p>Thread-safety: immutable.
 */
public final class TokenIssued implements TokenEvent {
    private final TokenKey key;
    private final Duration life;
    private final Scope scope;
    private final Duration elapsed;

    private TokenIssued(TokenKey key, Duration life, Scope scope, Duration elapsed) {
        this.key = key;
        this.life = life;
        this.scope = scope;
        this.elapsed = elapsed;
    }

    /**
     * Makes the event.
     *
     * @param key whose token it is
     * @param life how long the token lives, from before its request was sent
     * @param scope what the token allows
     * @param elapsed from before the request was sent to the end of its answer
     * @return the event
     */
    public static TokenIssued of(TokenKey key, Duration life, Scope scope, Duration elapsed) {
        return new TokenIssued(key, life, scope, elapsed);
    }

    @Override
    public TokenKey key() {
        return key;
    }

    /** {@return how long the token lives, from before its request was sent} */
    public Duration life() {
        return life;
    }

    /** {@return what the token allows; it may differ from what was asked for} */
    public Scope scope() {
        return scope;
    }

    /** {@return the time from before the request was sent to the end of its answer} */
    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public String toString() {
        return "TokenIssued[" + key + ", life=" + life + ", scope=" + scope + ", elapsed=" + elapsed + "]";
    }
}
