package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * No usable answer came: the connection failed, TLS failed, time ran out, the answer was cut, or the caller was interrupted.
 *
 * <p>{@link #requestSent()} tells a request that certainly reached nobody from one that may have been processed, which
 * decides whether a refresh token or an order may be sent again.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2">RFC 9110, section 9.2.2, Idempotent Methods</a>
 */
public final class TransportException extends OAuthException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public TransportException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public TransportException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    /** {@return false where the request certainly reached no server, true where it may have been processed} */
    public boolean requestSent() {
        return details().requestSent();
    }

    @Override
    public TransportException rethrown() {
        return new TransportException(details(), this);
    }
}
