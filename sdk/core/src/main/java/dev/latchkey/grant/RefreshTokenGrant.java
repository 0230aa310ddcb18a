package dev.latchkey.grant;

import dev.latchkey.token.RefreshToken;
import java.util.Map;
import java.util.Objects;

/**
 * A refresh token buys the next access token (RFC 6749, section 6). No scope is named: the token keeps the one it was granted.
 *
 * <p>Thread-safety: immutable.
 */
public final class RefreshTokenGrant implements Grant {
    /** The registered name of this grant. */
    public static final String TYPE = "refresh_token";

    private final RefreshToken refreshToken;

    private RefreshTokenGrant(RefreshToken refreshToken) {
        this.refreshToken = refreshToken;
    }

    /**
     * Makes the grant.
     *
     * @param refreshToken the refresh token to use
     * @return the grant
     */
    public static RefreshTokenGrant of(RefreshToken refreshToken) {
        return new RefreshTokenGrant(Objects.requireNonNull(refreshToken, "refreshToken"));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of("refresh_token", refreshToken.value());
    }

    @Override
    public String toString() {
        return "RefreshTokenGrant[*****]";
    }
}
