package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The API understood the request and refuses it: status 403 without {@code insufficient_scope}.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4">RFC 9110, section 15.5.4, 403 Forbidden</a>
 */
public final class ForbiddenException extends ApiException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public ForbiddenException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public ForbiddenException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public ForbiddenException rethrown() {
        return new ForbiddenException(details(), this);
    }
}
