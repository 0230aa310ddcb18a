package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The client key, a header beside the token such as {@code x-client-key}, was not sent: the unregistered status 499. The
 * access token and the session of the user are not in question.
 *
 * <p>Thread-safety: immutable.
 *
 * @see InvalidClientKeyException
 */
public final class MissingClientKeyException extends ApiException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public MissingClientKeyException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public MissingClientKeyException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public MissingClientKeyException rethrown() {
        return new MissingClientKeyException(details(), this);
    }
}
