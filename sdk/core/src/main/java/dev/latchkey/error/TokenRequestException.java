package dev.latchkey.error;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The authorization server refused a request for a token.
 *
 * <p>Its types stand for what a caller would do differently; the code itself is in {@link #errorCode()} and is never lost,
 * known or not. All text of the server is bounded, has its control characters escaped and known secrets masked.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749, section 5.2, Error Response</a>
 */
public abstract sealed class TokenRequestException extends OAuthException
        permits InvalidRequestException,
                InvalidClientException,
                InvalidGrantException,
                InvalidScopeException,
                UnauthorizedClientException,
                UnsupportedGrantTypeException,
                AccessDeniedException,
                InvalidTargetException,
                ServerErrorException,
                TemporarilyUnavailableException,
                OtherTokenRequestException {
    private static final long serialVersionUID = 1L;

    TokenRequestException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    /**
     * {@return the code that the server sent, or, where it sent none, the registered code that its answer amounts to}
     */
    public ErrorCode errorCode() {
        return details().errorCode().orElse(ErrorCode.SERVER_ERROR);
    }

    /** {@return the server's description; empty where there is none or a blank one} */
    public Optional<String> description() {
        return details().description();
    }

    /** {@return the address of a page about the error, as text; the SDK never opens it} */
    public Optional<String> errorUri() {
        return details().errorUri();
    }

    /** {@return the HTTP status of the answer; may be 200, since some servers put errors there} */
    public int status() {
        return details().status();
    }

    /** {@return further members of the answer, such as a correlation id, bounded in number and size; may be empty} */
    public Map<String, Object> members() {
        return details().members();
    }

    @Override
    public abstract TokenRequestException rethrown();
}
