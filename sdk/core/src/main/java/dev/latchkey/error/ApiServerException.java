package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The API or a gateway before it failed: status 500 or above. {@link #isRetryable()} speaks of the server; whether the call
 * may be repeated without doing its work twice only the caller knows.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.6">RFC 9110, section 15.6, Server Error 5xx</a>
 */
public final class ApiServerException extends ApiException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public ApiServerException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public ApiServerException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public ApiServerException rethrown() {
        return new ApiServerException(details(), this);
    }
}
