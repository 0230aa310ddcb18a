package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The authorization server answered, and its answer breaks the protocol: a web page, no access token, an unknown type of
 * token, a redirect, too large, compressed, or not readable as JSON.
 *
 * <p>After a success status the server may well have done its part: a refresh token that was sent may be spent.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.1">RFC 6749, section 5.1, Successful Response</a>
 */
public final class InvalidResponseException extends OAuthException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public InvalidResponseException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public InvalidResponseException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    /** {@return the HTTP status of the answer} */
    public int status() {
        return details().status();
    }

    @Override
    public InvalidResponseException rethrown() {
        return new InvalidResponseException(details(), this);
    }
}
