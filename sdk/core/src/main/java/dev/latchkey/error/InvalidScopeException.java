package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * A scope that was asked for is unknown, malformed or more than the client may have ({@code invalid_scope}).
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749, section 5.2, Error Response</a>
 */
public final class InvalidScopeException extends TokenRequestException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public InvalidScopeException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public InvalidScopeException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public InvalidScopeException rethrown() {
        return new InvalidScopeException(details(), this);
    }
}
