package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The resource owner or the authorization server said no ({@code access_denied}).
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1">RFC 6749, section 4.1.2.1, Error Response</a>
 */
public final class AccessDeniedException extends TokenRequestException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public AccessDeniedException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public AccessDeniedException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public AccessDeniedException rethrown() {
        return new AccessDeniedException(details(), this);
    }
}
