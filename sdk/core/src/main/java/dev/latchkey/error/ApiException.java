package dev.latchkey.error;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API answered a call with an error status.
 *
 * <p>All text of the server is bounded, has its control characters escaped and known secrets masked. Addresses in a
 * challenge or in problem details are shown, never opened.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, section 3, WWW-Authenticate</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
public abstract sealed class ApiException extends OAuthException
        permits InvalidTokenException,
                InsufficientScopeException,
                ForbiddenException,
                InvalidClientKeyException,
                MissingClientKeyException,
                NotFoundException,
                RateLimitedException,
                ApiServerException,
                ApiRequestException {
    private static final long serialVersionUID = 1L;

    ApiException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    /** {@return the HTTP status of the answer} */
    public int status() {
        return details().status();
    }

    /** {@return the code of the challenge or else of the body, where one of them has a code} */
    public Optional<ErrorCode> errorCode() {
        return details().errorCode();
    }

    /** {@return the server's words for the error, from wherever in the answer they stood} */
    public Optional<String> description() {
        return details().description();
    }

    /** {@return the problem details, where the body is one} */
    public Optional<ProblemDetails> problem() {
        return details().problem();
    }

    /** {@return the first challenge of the scheme Bearer} */
    public Optional<Challenge> challenge() {
        return challenges().stream().filter(c -> c.hasScheme("Bearer")).findFirst();
    }

    /** {@return all challenges of the answer, in their order; may be empty} */
    public List<Challenge> challenges() {
        return details().challenges();
    }

    /** {@return the members of a JSON body, bounded in number and size; may be empty} */
    public Map<String, Object> members() {
        return details().members();
    }

    /** {@return the start of the body, at most 1 KiB, escaped and masked; empty where there was no text} */
    public Optional<String> bodyExcerpt() {
        return details().bodyExcerpt();
    }

    @Override
    public abstract ApiException rethrown();
}
