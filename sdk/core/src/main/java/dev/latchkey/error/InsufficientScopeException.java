package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The access token is good but does not reach this far: {@code insufficient_scope}, with status 403 or, at some servers,
 * 401. A new token of the same scope cannot help; {@link #challenge()} may name the scope that would.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750, section 3.1, Error Codes</a>
 */
public final class InsufficientScopeException extends ApiException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public InsufficientScopeException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public InsufficientScopeException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public InsufficientScopeException rethrown() {
        return new InsufficientScopeException(details(), this);
    }
}
