package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The authorization server calls the request malformed: a parameter is missing, repeated or not understood
 * ({@code invalid_request}). Repeating the same request cannot help.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749, section 5.2, Error Response</a>
 */
public final class InvalidRequestException extends TokenRequestException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public InvalidRequestException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public InvalidRequestException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public InvalidRequestException rethrown() {
        return new InvalidRequestException(details(), this);
    }
}
