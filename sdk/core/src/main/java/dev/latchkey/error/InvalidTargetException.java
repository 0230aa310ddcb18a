package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The resource or audience that the token was asked for is unknown or not allowed ({@code invalid_target}).
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2">RFC 8707, section 2, Resource Parameter</a>
 */
public final class InvalidTargetException extends TokenRequestException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public InvalidTargetException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public InvalidTargetException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public InvalidTargetException rethrown() {
        return new InvalidTargetException(details(), this);
    }
}
