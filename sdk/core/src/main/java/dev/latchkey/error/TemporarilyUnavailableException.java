package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The authorization server is overloaded, in maintenance or limits the rate of requests: {@code temporarily_unavailable},
 * or the status 408, 429 or 503. {@link #retryAfter()} says how long to wait where the server said so.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1">RFC 6749, section 4.1.2.1, Error Response</a>
 */
public final class TemporarilyUnavailableException extends TokenRequestException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public TemporarilyUnavailableException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public TemporarilyUnavailableException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public TemporarilyUnavailableException rethrown() {
        return new TemporarilyUnavailableException(details(), this);
    }
}
