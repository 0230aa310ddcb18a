package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The store that keeps tokens between processes could not be read or written, or holds something that is not ours.
 *
 * <p>Thread-safety: immutable.
 */
public final class TokenStoreException extends OAuthException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public TokenStoreException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public TokenStoreException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public TokenStoreException rethrown() {
        return new TokenStoreException(details(), this);
    }
}
