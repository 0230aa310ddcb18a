package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The authorization server refused with a code that has no type of its own here, such as {@code authorization_pending} or
 * a code of the server's own; {@link #errorCode()} has it unchanged.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-8.5">RFC 6749, section 8.5, Additional Error Codes</a>
 */
public final class OtherTokenRequestException extends TokenRequestException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception of an answer or event that had no exception before it.
     *
     * @param details all that is known
     */
    public OtherTokenRequestException(ErrorDetails details) {
        this(details, null);
    }

    /**
     * Makes the exception.
     *
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret or the text of an answer
     */
    public OtherTokenRequestException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    public OtherTokenRequestException rethrown() {
        return new OtherTokenRequestException(details(), this);
    }
}
