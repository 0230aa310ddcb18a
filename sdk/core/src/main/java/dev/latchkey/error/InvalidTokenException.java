package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The API refused the access token: status 401 without {@code insufficient_scope}. The SDK has already tried once with
 * a new token where the request could be sent again.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750, section 3.1, Error Codes</a>
 */
public final class InvalidTokenException extends ApiException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public InvalidTokenException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public InvalidTokenException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public InvalidTokenException rethrown() {
        return new InvalidTokenException(details(), this);
    }
}
