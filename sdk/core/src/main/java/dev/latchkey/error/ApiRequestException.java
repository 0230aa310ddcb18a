package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The API refused the request as it was: any status below 500 that has no type of its own, such as 400, 409, 413 or 422.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.5">RFC 9110, section 15.5, Client Error 4xx</a>
 */
public final class ApiRequestException extends ApiException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public ApiRequestException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public ApiRequestException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public ApiRequestException rethrown() {
        return new ApiRequestException(details(), this);
    }
}
