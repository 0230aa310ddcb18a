package dev.latchkey.login;

import java.time.Instant;
import java.util.Objects;

/**
 * A sign-in in API mode that was begun: the client itself takes the person through it.
 *
 * <p>Thread-safety: immutable.
 */
public final class ApiModeSession {
    private final PendingLogin pending;
    private final SessionToken token;

    private ApiModeSession(PendingLogin pending, SessionToken token) {
        this.pending = pending;
        this.token = token;
    }

    /**
     * Makes a session.
     *
     * @param pending what ties the answer to this sign-in
     * @param token the session as the server knows it
     * @return the session
     */
    public static ApiModeSession of(PendingLogin pending, SessionToken token) {
        return new ApiModeSession(Objects.requireNonNull(pending, "pending"), Objects.requireNonNull(token, "token"));
    }

    /** {@return what ties the answer to this sign-in} */
    public PendingLogin pending() {
        return pending;
    }

    /** {@return the session as the server knows it} */
    public SessionToken token() {
        return token;
    }

    /** {@return when the session is over; a page can count down to it} */
    public Instant deadline() {
        return pending.deadline();
    }

    @Override
    public String toString() {
        return "ApiModeSession[deadline=" + deadline() + "]";
    }
}
