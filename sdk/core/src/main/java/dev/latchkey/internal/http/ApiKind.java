package dev.latchkey.internal.http;

import dev.latchkey.error.ApiException;
import dev.latchkey.error.ApiRequestException;
import dev.latchkey.error.ApiServerException;
import dev.latchkey.error.ErrorCode;
import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.ForbiddenException;
import dev.latchkey.error.InsufficientScopeException;
import dev.latchkey.error.InvalidClientKeyException;
import dev.latchkey.error.InvalidTokenException;
import dev.latchkey.error.MissingClientKeyException;
import dev.latchkey.error.NotFoundException;
import dev.latchkey.error.RateLimitedException;
import org.jspecify.annotations.Nullable;

/** The kinds of refusal by an API, one for each thing that a caller would do differently. */
enum ApiKind {
    INVALID_TOKEN,
    INSUFFICIENT_SCOPE,
    FORBIDDEN,
    INVALID_CLIENT_KEY,
    MISSING_CLIENT_KEY,
    NOT_FOUND,
    RATE_LIMITED,
    SERVER,
    REQUEST;

    ApiException exception(ErrorDetails details) {
        return switch (this) {
            case INVALID_TOKEN -> new InvalidTokenException(details);
            case INSUFFICIENT_SCOPE -> new InsufficientScopeException(details);
            case FORBIDDEN -> new ForbiddenException(details);
            case INVALID_CLIENT_KEY -> new InvalidClientKeyException(details);
            case MISSING_CLIENT_KEY -> new MissingClientKeyException(details);
            case NOT_FOUND -> new NotFoundException(details);
            case RATE_LIMITED -> new RateLimitedException(details);
            case SERVER -> new ApiServerException(details);
            case REQUEST -> new ApiRequestException(details);
        };
    }

    /**
     * The kind of an answer. A token that lacks scope is told from one that is dead by the code, because some
     * servers send the former with 401 too, and a new token would not help.
     */
    static ApiKind of(int status, @Nullable ErrorCode code) {
        boolean denied = status == 401 || status == 403;
        if (denied && ErrorCode.INSUFFICIENT_SCOPE.equals(code)) {
            return INSUFFICIENT_SCOPE;
        }
        if (denied && ErrorCode.INVALID_TOKEN.equals(code)) {
            return INVALID_TOKEN;
        }
        return ofStatus(status);
    }

    private static ApiKind ofStatus(int status) {
        return switch (status) {
            case 401 -> INVALID_TOKEN;
            case 403 -> FORBIDDEN;
            case 404, 410 -> NOT_FOUND;
            case 429 -> RATE_LIMITED;
            case 498 -> INVALID_CLIENT_KEY;
            case 499 -> MISSING_CLIENT_KEY;
            default -> status >= 500 ? SERVER : REQUEST;
        };
    }

    /** The kind that a provider's documents give an error; null where the code has no kind among APIs. */
    static @Nullable ApiKind ofMeaning(ErrorCode meaning) {
        return switch (meaning.value()) {
            case "invalid_token" -> INVALID_TOKEN;
            case "insufficient_scope" -> INSUFFICIENT_SCOPE;
            case "access_denied" -> FORBIDDEN;
            case "invalid_client" -> INVALID_CLIENT_KEY;
            case "temporarily_unavailable", "slow_down" -> RATE_LIMITED;
            case "server_error" -> SERVER;
            case "invalid_request" -> REQUEST;
            default -> null;
        };
    }

    boolean isRetryable(int status) {
        return switch (this) {
            case RATE_LIMITED -> true;
            // 501 and 505 say that the server cannot do this at all.
            case SERVER -> status != 501 && status != 505;
            case REQUEST -> status == 408 || status == 425;
            default -> false;
        };
    }
}
