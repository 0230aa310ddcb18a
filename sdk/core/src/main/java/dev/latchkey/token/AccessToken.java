package dev.latchkey.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An access token and what is known of it (RFC 6749, section 1.4). Opaque: the SDK never looks inside.
 *
 * <p>Its life is counted from before the request for it was sent, so {@link #expiresAt()} is never later than the server's
 * own idea of it. Two tokens are equal only if they are the same object; compare values with {@link #hasSameValueAs}.
 *
 * <p>Thread-safety: immutable.
 */
public final class AccessToken {
    private final String value;
    private final TokenType type;
    private final Scope scope;
    private final Instant issuedAt;
    private final Instant expiresAt;
    /** Made when it is first asked for: most users' tokens rest, and this is their text once more. A lost race makes it twice. */
    private @Nullable String authorization;

    private AccessToken(String value, TokenType type, Scope scope, Instant issuedAt, Instant expiresAt) {
        this.value = value;
        this.type = type;
        this.scope = scope;
        this.issuedAt = issuedAt;
        this.expiresAt = expiresAt;
    }

    /**
     * Makes an access token.
     *
     * @param value the token as the server gave it
     * @param type how it is used
     * @param scope what it allows
     * @param issuedAt when its life began: the instant before the request for it was sent
     * @param expiresAt when its life ends
     * @return the token
     */
    public static AccessToken of(String value, TokenType type, Scope scope, Instant issuedAt, Instant expiresAt) {
        return new AccessToken(
                Objects.requireNonNull(value, "value"),
                Objects.requireNonNull(type, "type"),
                Objects.requireNonNull(scope, "scope"),
                Objects.requireNonNull(issuedAt, "issuedAt"),
                Objects.requireNonNull(expiresAt, "expiresAt"));
    }

    /** {@return the secret itself; keep it out of logs and URLs} */
    public String value() {
        return value;
    }

    /** {@return the value of an {@code Authorization} header that carries this token, a secret too; made when it is first asked for, and kept} */
    public String authorization() {
        String known = authorization;
        if (known == null) {
            known = type.name() + " " + value;
            authorization = known;
        }
        return known;
    }

    /** {@return how the token is used} */
    public TokenType type() {
        return type;
    }

    /** {@return what the token allows: as the server said or, where it said nothing, as was asked for} */
    public Scope scope() {
        return scope;
    }

    /** {@return the instant before the request for this token was sent} */
    public Instant issuedAt() {
        return issuedAt;
    }

    /** {@return when the token ends, by the wall clock of this machine} */
    public Instant expiresAt() {
        return expiresAt;
    }

    /**
     * Compares the values of two tokens, in a time that does not depend on where they differ.
     *
     * @param other the other token
     * @return whether both carry the same value
     */
    public boolean hasSameValueAs(AccessToken other) {
        return this == other
                || MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), other.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "AccessToken[value=*****, type=" + type + ", scope=" + scope + ", expiresAt=" + expiresAt + "]";
    }
}
