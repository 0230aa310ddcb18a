package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The authorization server failed: a status of 500 or above, or {@code server_error} with any status. A retry with a new
 * assertion may help.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1">RFC 6749, section 4.1.2.1, Error Response</a>
 */
public final class ServerErrorException extends TokenRequestException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public ServerErrorException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public ServerErrorException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public ServerErrorException rethrown() {
        return new ServerErrorException(details(), this);
    }
}
