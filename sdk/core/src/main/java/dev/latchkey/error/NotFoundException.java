package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The API has no such resource, or hides it from this client: status 404 or 410.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5">RFC 9110, section 15.5.5, 404 Not Found</a>
 */
public final class NotFoundException extends ApiException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public NotFoundException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public NotFoundException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public NotFoundException rethrown() {
        return new NotFoundException(details(), this);
    }
}
