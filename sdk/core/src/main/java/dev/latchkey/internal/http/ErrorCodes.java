package dev.latchkey.internal.http;

import dev.latchkey.error.ErrorCode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells codes from prose, and decides by status and code together what an answer of a token endpoint amounts to. */
final class ErrorCodes {
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9._:/#-]{0,99}");
    private static final Set<String> REASONS = Set.of(
            "unauthorized", "forbidden", "conflict", "gone", "error", "failure", "fail", "null", "true", "false");
    private static final Set<ErrorCode> REGISTERED = Set.of(
            ErrorCode.INVALID_REQUEST,
            ErrorCode.INVALID_CLIENT,
            ErrorCode.INVALID_GRANT,
            ErrorCode.UNAUTHORIZED_CLIENT,
            ErrorCode.UNSUPPORTED_GRANT_TYPE,
            ErrorCode.INVALID_SCOPE,
            ErrorCode.ACCESS_DENIED,
            ErrorCode.SERVER_ERROR,
            ErrorCode.TEMPORARILY_UNAVAILABLE,
            ErrorCode.INVALID_TARGET,
            ErrorCode.AUTHORIZATION_PENDING,
            ErrorCode.SLOW_DOWN,
            ErrorCode.EXPIRED_TOKEN,
            ErrorCode.INVALID_DPOP_PROOF,
            ErrorCode.USE_DPOP_NONCE);

    private ErrorCodes() {}

    /** A single word that is not the reason phrase of a status and no address of a problem type. */
    static boolean isCode(String text) {
        return CODE.matcher(text).matches()
                && !REASONS.contains(text.toLowerCase(Locale.ROOT))
                && !text.startsWith("http:")
                && !text.startsWith("https:")
                && !text.startsWith("urn:")
                && !text.startsWith("about:");
    }

    static boolean isRegistered(@Nullable ErrorCode code) {
        return code != null && REGISTERED.contains(code);
    }

    /**
     * The registered code that an answer of a token endpoint amounts to; a code that stands for nothing else is itself, and
     * null means that the answer is no OAuth error at all.
     *
     * <p>Trouble of the server outweighs whatever code comes with it. A 401 is refused client authentication also where the
     * code is {@code invalid_request} or {@code unauthorized_client}: some servers answer so to a wrong secret, and RFC
     * 6749 has 401 for nothing else. 498 and 499 are a wrong and a missing client key.
     */
    static @Nullable ErrorCode meaning(int status, @Nullable ErrorCode code) {
        if (ErrorCode.AUTHORIZATION_PENDING.equals(code) || ErrorCode.SLOW_DOWN.equals(code)) {
            return code;
        }
        return switch (status) {
            case 408, 429, 503 -> ErrorCode.TEMPORARILY_UNAVAILABLE;
            case 498, 499 -> ErrorCode.INVALID_CLIENT;
            case 401 -> unauthorized(code);
            default -> status >= 500 && !ErrorCode.TEMPORARILY_UNAVAILABLE.equals(code) ? ErrorCode.SERVER_ERROR : code;
        };
    }

    private static ErrorCode unauthorized(@Nullable ErrorCode code) {
        return code == null || code.equals(ErrorCode.INVALID_REQUEST) || code.equals(ErrorCode.UNAUTHORIZED_CLIENT)
                ? ErrorCode.INVALID_CLIENT
                : code;
    }
}
