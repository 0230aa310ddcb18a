package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * A credential was about to leave for an origin that nobody allowed, and was held back. Nothing was sent.
 *
 * <p>Thread-safety: immutable.
 */
public final class DisallowedOriginException extends OAuthException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public DisallowedOriginException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public DisallowedOriginException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public DisallowedOriginException rethrown() {
        return new DisallowedOriginException(details(), this);
    }
}
