package dev.latchkey.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A refresh token (RFC 6749, section 1.5): a long-lived secret that buys access tokens.
 *
 * <p>Thread-safety: immutable.
 */
public final class RefreshToken {
    private final String value;

    private RefreshToken(String value) {
        this.value = value;
    }

    /**
     * Makes a refresh token.
     *
     * @param value the token as the server gave it
     * @return the token
     */
    public static RefreshToken of(String value) {
        return new RefreshToken(Objects.requireNonNull(value, "value"));
    }

    /** {@return the secret itself; keep it out of logs and URLs} */
    public String value() {
        return value;
    }

    /**
     * Compares the values of two tokens, in a time that does not depend on where they differ.
     *
     * @param other the other token
     * @return whether both carry the same value
     */
    public boolean hasSameValueAs(RefreshToken other) {
        return this == other
                || MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), other.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "RefreshToken[*****]";
    }
}
