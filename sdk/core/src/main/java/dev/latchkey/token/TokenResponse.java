package dev.latchkey.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A successful answer of a token endpoint (RFC 6749, section 5.1), as it was received.
 *
 * <p>Thread-safety: immutable.
 */
public final class TokenResponse {
    private final String accessToken;
    private final TokenType tokenType;
    private final @Nullable Duration expiresIn;
    private final @Nullable Scope scope;
    private final @Nullable RefreshToken refreshToken;
    private final @Nullable Duration refreshTokenExpiresIn;
    private final @Nullable String idToken;
    private final Map<String, Object> members;

    private TokenResponse(Builder builder) {
        this.accessToken = builder.accessToken;
        this.tokenType = builder.tokenType;
        this.expiresIn = builder.expiresIn;
        this.scope = builder.scope;
        this.refreshToken = builder.refreshToken;
        this.refreshTokenExpiresIn = builder.refreshTokenExpiresIn;
        this.idToken = builder.idToken;
        this.members = Map.copyOf(builder.members);
    }

    /**
     * Starts a response.
     *
     * @param accessToken the {@code access_token}
     * @return a builder
     */
    public static Builder builder(String accessToken) {
        return new Builder(Objects.requireNonNull(accessToken, "accessToken"));
    }

    /**
     * Makes the access token of this response.
     *
     * @param issuedAt the instant before the request was sent
     * @param requested the scope that was asked for; it stands where the server said nothing of scope
     * @param defaultLife how long the token lives where the server did not say
     * @return the access token
     */
    public AccessToken accessToken(Instant issuedAt, Scope requested, Duration defaultLife) {
        Instant expiresAt = issuedAt.plus(expiresIn().orElse(defaultLife));
        return AccessToken.of(accessToken, tokenType, scope().orElse(requested), issuedAt, expiresAt);
    }

    /** {@return how the access token is used} */
    public TokenType tokenType() {
        return tokenType;
    }

    /** {@return how long the access token lives, where the server said so} */
    public Optional<Duration> expiresIn() {
        return Optional.ofNullable(expiresIn);
    }

    /** {@return the scope of the token, where the server named it; an empty one means that nothing was granted} */
    public Optional<Scope> scope() {
        return Optional.ofNullable(scope);
    }

    /** {@return the refresh token, where one came} */
    public Optional<RefreshToken> refreshToken() {
        return Optional.ofNullable(refreshToken);
    }

    /** {@return how long the refresh token lives, where the server said so} */
    public Optional<Duration> refreshTokenExpiresIn() {
        return Optional.ofNullable(refreshTokenExpiresIn);
    }

    /** {@return the ID token as it came, not checked, where one came; a secret} */
    public Optional<String> idToken() {
        return Optional.ofNullable(idToken);
    }

    /** {@return the members that the specification does not name, none of them a token; may be empty} */
    public Map<String, Object> members() {
        return members;
    }

    @Override
    public String toString() {
        return "TokenResponse[accessToken=*****, tokenType=" + tokenType + ", expiresIn=" + expiresIn + ", scope="
                + scope + ", refreshToken=" + (refreshToken == null ? "none" : "*****") + "]";
    }

    /**
     * Makes a {@link TokenResponse}.
     *
     * <p>Thread-safety: not thread-safe.
     */
    public static final class Builder {
        private final String accessToken;
        private TokenType tokenType = TokenType.BEARER;
        private @Nullable Duration expiresIn;
        private @Nullable Scope scope;
        private @Nullable RefreshToken refreshToken;
        private @Nullable Duration refreshTokenExpiresIn;
        private @Nullable String idToken;
        private Map<String, Object> members = Map.of();

        Builder(String accessToken) {
            this.accessToken = accessToken;
        }

        /**
         * Sets the type of the access token. Default: Bearer.
         *
         * @param tokenType the type
         * @return this builder
         */
        public Builder tokenType(TokenType tokenType) {
            this.tokenType = Objects.requireNonNull(tokenType, "tokenType");
            return this;
        }

        /**
         * Sets the life of the access token. Default: not said.
         *
         * @param expiresIn the life, or null where the server did not say
         * @return this builder
         */
        public Builder expiresIn(@Nullable Duration expiresIn) {
            this.expiresIn = expiresIn;
            return this;
        }

        /**
         * Sets the scope that was granted. Default: not said.
         *
         * @param scope the scope, or null where the server did not say
         * @return this builder
         */
        public Builder scope(@Nullable Scope scope) {
            this.scope = scope;
            return this;
        }

        /**
         * Sets the refresh token. Default: none.
         *
         * @param refreshToken the token, or null where none came
         * @return this builder
         */
        public Builder refreshToken(@Nullable RefreshToken refreshToken) {
            this.refreshToken = refreshToken;
            return this;
        }

        /**
         * Sets the life of the refresh token. Default: not said.
         *
         * @param refreshTokenExpiresIn the life, or null where the server did not say
         * @return this builder
         */
        public Builder refreshTokenExpiresIn(@Nullable Duration refreshTokenExpiresIn) {
            this.refreshTokenExpiresIn = refreshTokenExpiresIn;
            return this;
        }

        /**
         * Sets the ID token. Default: none.
         *
         * @param idToken the token as it came, or null where none came
         * @return this builder
         */
        public Builder idToken(@Nullable String idToken) {
            this.idToken = idToken;
            return this;
        }

        /**
         * Sets the members that the specification does not name. Default: none.
         *
         * @param members the members; none of them may be a token
         * @return this builder
         */
        public Builder members(Map<String, Object> members) {
            this.members = Map.copyOf(members);
            return this;
        }

        /** {@return the response} */
        public TokenResponse build() {
            return new TokenResponse(this);
        }
    }
}
