package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * Too many calls: status 429. {@link #retryAfter()} says how long to wait where the API said so.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6585#section-4">RFC 6585, section 4, 429 Too Many Requests</a>
 */
public final class RateLimitedException extends ApiException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public RateLimitedException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public RateLimitedException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public RateLimitedException rethrown() {
        return new RateLimitedException(details(), this);
    }
}
