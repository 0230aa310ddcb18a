package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The authorization server did not accept the proof of who the client is ({@code invalid_client}).
 * <p>It is judged by status and code together, because servers disagree: a 401 with another code or without a body, and
 * the 498 and 499 of servers that ask for a client key, are refused client authentication as well; {@link #errorCode()}
 * then still says what was sent. {@link #remedy()} looks at the assertion that was sent.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749, section 5.2, Error Response</a>
 */
public final class InvalidClientException extends TokenRequestException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public InvalidClientException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public InvalidClientException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public InvalidClientException rethrown() {
        return new InvalidClientException(details(), this);
    }
}
