package dev.latchkey.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The code of an error, such as {@code invalid_grant}: an open set, so that a code nobody registered survives as itself.
 *
 * <p>Constants exist for the codes that the SDK's specifications register. Codes are compared by value, with regard to case.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-11.4">RFC 6749, section 11.4, Extensions Error Registry</a>
 */
public final class ErrorCode {
    private static final int MAX_LENGTH = 200;

    /** The request lacks a parameter, repeats one or is malformed: RFC 6749, section 5.2. */
    public static final ErrorCode INVALID_REQUEST = of("invalid_request");

    /** Client authentication failed: RFC 6749, section 5.2. */
    public static final ErrorCode INVALID_CLIENT = of("invalid_client");

    /** The code, refresh token or assertion is invalid, expired, revoked or another client's: RFC 6749, section 5.2. */
    public static final ErrorCode INVALID_GRANT = of("invalid_grant");

    /** The client may not use this grant: RFC 6749, section 5.2. */
    public static final ErrorCode UNAUTHORIZED_CLIENT = of("unauthorized_client");

    /** The server does not offer this grant: RFC 6749, section 5.2. */
    public static final ErrorCode UNSUPPORTED_GRANT_TYPE = of("unsupported_grant_type");

    /** A scope is unknown, malformed or more than was granted: RFC 6749, section 5.2. */
    public static final ErrorCode INVALID_SCOPE = of("invalid_scope");

    /** The resource owner or the server said no: RFC 6749, section 4.1.2.1. */
    public static final ErrorCode ACCESS_DENIED = of("access_denied");

    /** The server does not offer this response type: RFC 6749, section 4.1.2.1. */
    public static final ErrorCode UNSUPPORTED_RESPONSE_TYPE = of("unsupported_response_type");

    /** The server met something unexpected: RFC 6749, section 4.1.2.1. */
    public static final ErrorCode SERVER_ERROR = of("server_error");

    /** The server is overloaded or in maintenance: RFC 6749, section 4.1.2.1. */
    public static final ErrorCode TEMPORARILY_UNAVAILABLE = of("temporarily_unavailable");

    /** The access token is expired, revoked, malformed or otherwise invalid: RFC 6750, section 3.1. */
    public static final ErrorCode INVALID_TOKEN = of("invalid_token");

    /** The request needs more than the access token grants: RFC 6750, section 3.1. */
    public static final ErrorCode INSUFFICIENT_SCOPE = of("insufficient_scope");

    /** The server cannot revoke tokens of this type: RFC 7009, section 2.2.1. */
    public static final ErrorCode UNSUPPORTED_TOKEN_TYPE = of("unsupported_token_type");

    /** The user has not yet finished at the other device: RFC 8628, section 3.5. */
    public static final ErrorCode AUTHORIZATION_PENDING = of("authorization_pending");

    /** As {@link #AUTHORIZATION_PENDING}, and the interval grows by 5 seconds: RFC 8628, section 3.5. */
    public static final ErrorCode SLOW_DOWN = of("slow_down");

    /** The device code has expired: RFC 8628, section 3.5. */
    public static final ErrorCode EXPIRED_TOKEN = of("expired_token");

    /** The resource is invalid, unknown or malformed: RFC 8707, section 2. */
    public static final ErrorCode INVALID_TARGET = of("invalid_target");

    /** The DPoP proof is missing or invalid: RFC 9449, section 5. */
    public static final ErrorCode INVALID_DPOP_PROOF = of("invalid_dpop_proof");

    /** The DPoP proof must carry the nonce that the server sent: RFC 9449, section 8. */
    public static final ErrorCode USE_DPOP_NONCE = of("use_dpop_nonce");

    /** The user's sign-in was too weak or too long ago: RFC 9470, section 3. */
    public static final ErrorCode INSUFFICIENT_USER_AUTHENTICATION = of("insufficient_user_authentication");

    private final String value;

    private ErrorCode(String value) {
        this.value = value;
    }

    /**
     * Makes the code of this value. Whatever is not printable ASCII is escaped, and 200 characters are kept.
     *
     * @param value the code as it goes over the wire; not blank
     * @return the code
     * @throws IllegalArgumentException if {@code value} is blank
     */
    public static ErrorCode of(String value) {
        if (Objects.requireNonNull(value, "value").isBlank()) {
            throw new IllegalArgumentException("An error code must not be blank.");
        }
        return new ErrorCode(ascii(value.strip()));
    }

    private static String ascii(String raw) {
        StringBuilder out = new StringBuilder(Math.min(raw.length(), MAX_LENGTH));
        for (int i = 0; i < raw.length() && out.length() < MAX_LENGTH; i++) {
            char c = raw.charAt(i);
            out.append(c >= ' ' && c <= '~' ? String.valueOf(c) : Printable.escaped(c));
        }
        return out.toString();
    }

    /** {@return the code as it goes over the wire} */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ErrorCode code && value.equals(code.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** {@return the code as it goes over the wire} */
    @Override
    public String toString() {
        return value;
    }
}
