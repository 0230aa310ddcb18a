package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The client key, a header beside the token such as {@code x-client-key}, is wrong: the unregistered status 498. The
 * access token and the session of the user are not in question.
 *
 * <p>Thread-safety: immutable.
 *
 * @see MissingClientKeyException
 */
public final class InvalidClientKeyException extends ApiException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public InvalidClientKeyException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public InvalidClientKeyException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public InvalidClientKeyException rethrown() {
        return new InvalidClientKeyException(details(), this);
    }
}
