package dev.latchkey.login;

import java.util.Objects;

/**
 * The token of a sign-in session that was begun in API mode. It names the session in the step in which the person agrees, and is good
 * for nothing else: no API takes it.
 *
 * <p>Thread-safety: immutable.
 */
public final class SessionToken {
    private final String value;

    private SessionToken(String value) {
        this.value = value;
    }

    /**
     * Makes a session token.
     *
     * @param value the token as the server gave it
     * @return the token
     */
    public static SessionToken of(String value) {
        return new SessionToken(Objects.requireNonNull(value, "value"));
    }

    /** {@return the secret itself} */
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return "SessionToken[*****]";
    }
}
