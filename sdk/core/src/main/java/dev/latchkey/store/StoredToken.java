package dev.latchkey.store;

import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a store keeps of one key: the access token, the refresh token with its end, the note that a request with that
 * refresh token has begun, or why there are no tokens any more. Every write has the next generation, so that an older state
 * never takes the place of a newer one.
 *
 * <p>Thread-safety: immutable.
 */
public final class StoredToken {
    private final long generation;
    private final @Nullable AccessToken accessToken;
    private final @Nullable RefreshToken refreshToken;
    private final @Nullable Instant refreshTokenExpiresAt;
    private final @Nullable Instant attemptStartedAt;
    private final @Nullable Instant signedInAt;
    private final @Nullable ReauthorizationReason ended;

    private StoredToken(Builder builder) {
        generation = builder.generation;
        accessToken = builder.accessToken;
        refreshToken = builder.refreshToken;
        refreshTokenExpiresAt = builder.refreshTokenExpiresAt;
        attemptStartedAt = builder.attemptStartedAt;
        signedInAt = builder.signedInAt;
        ended = builder.ended;
    }

    /**
     * Starts a stored token.
     *
     * @param generation the number of this write, from 1
     * @return a builder
     * @throws IllegalArgumentException if the generation is below 1
     */
    public static Builder builder(long generation) {
        return new Builder(generation);
    }

    /**
     * Makes a stored token of an access token alone.
     *
     * @param accessToken the token
     * @param generation the number of this write, from 1
     * @return the stored token
     * @throws IllegalArgumentException if the generation is below 1
     */
    public static StoredToken of(AccessToken accessToken, long generation) {
        return builder(generation)
                .accessToken(Objects.requireNonNull(accessToken, "accessToken"))
                .build();
    }

    /** {@return a builder with all of this, for the next generation} */
    public Builder next() {
        return copy(generation + 1);
    }

    /**
     * Gives the same under another generation.
     *
     * @param other the number of the write, from 1
     * @return the stored token
     * @throws IllegalArgumentException if the generation is below 1
     */
    public StoredToken withGeneration(long other) {
        return copy(other).build();
    }

    private Builder copy(long other) {
        return new Builder(other)
                .accessToken(accessToken)
                .refreshToken(refreshToken, refreshTokenExpiresAt)
                .attemptStartedAt(attemptStartedAt)
                .signedInAt(signedInAt)
                .ended(ended);
    }

    /** {@return the number of this write, from 1} */
    public long generation() {
        return generation;
    }

    /** {@return the access token; empty where none was issued yet} */
    public Optional<AccessToken> accessToken() {
        return Optional.ofNullable(accessToken);
    }

    /** {@return the refresh token; empty for a client's own tokens. After the end it is the one that was refused, if one was} */
    public Optional<RefreshToken> refreshToken() {
        return Optional.ofNullable(refreshToken);
    }

    /** {@return when the refresh token ends, where that is known} */
    public Optional<Instant> refreshTokenExpiresAt() {
        return Optional.ofNullable(refreshTokenExpiresAt);
    }

    /** {@return when a request with the refresh token began whose outcome is not stored; empty where none did} */
    public Optional<Instant> attemptStartedAt() {
        return Optional.ofNullable(attemptStartedAt);
    }

    /** {@return when the person signed in, or out; empty for a client's own tokens} */
    public Optional<Instant> signedInAt() {
        return Optional.ofNullable(signedInAt);
    }

    /** {@return why there are no tokens any more; empty while there are} */
    public Optional<ReauthorizationReason> ended() {
        return Optional.ofNullable(ended);
    }

    /** {@return the generation and what is there, never a token} */
    @Override
    public String toString() {
        return "StoredToken[generation=" + generation + ", accessToken=" + (accessToken == null ? "none" : "*****")
                + ", refreshToken=" + (refreshToken == null ? "none" : "*****") + ", attemptStartedAt="
                + attemptStartedAt + ", ended=" + ended + "]";
    }

    /**
     * Makes a {@link StoredToken}.
     *
     * <p>Thread-safety: not thread-safe.
     */
    public static final class Builder {
        private final long generation;
        private @Nullable AccessToken accessToken;
        private @Nullable RefreshToken refreshToken;
        private @Nullable Instant refreshTokenExpiresAt;
        private @Nullable Instant attemptStartedAt;
        private @Nullable Instant signedInAt;
        private @Nullable ReauthorizationReason ended;

        private Builder(long generation) {
            if (generation < 1) {
                throw new IllegalArgumentException("generation: " + generation + " is below 1; count writes from 1");
            }
            this.generation = generation;
        }

        /**
         * Sets the access token. Default: none.
         *
         * @param token the token, or null for none
         * @return this builder
         */
        public Builder accessToken(@Nullable AccessToken token) {
            this.accessToken = token;
            return this;
        }

        /**
         * Sets the refresh token and when it ends. Default: none.
         *
         * @param token the token, or null for none
         * @param expiresAt when it ends, or null where that is not known
         * @return this builder
         */
        public Builder refreshToken(@Nullable RefreshToken token, @Nullable Instant expiresAt) {
            this.refreshToken = token;
            this.refreshTokenExpiresAt = expiresAt;
            return this;
        }

        /**
         * Notes that a request with the refresh token begins. Default: none has begun.
         *
         * @param startedAt when it begins, or null to say that its outcome is stored
         * @return this builder
         */
        public Builder attemptStartedAt(@Nullable Instant startedAt) {
            this.attemptStartedAt = startedAt;
            return this;
        }

        /**
         * Sets when the person signed in, or out. Default: not known.
         *
         * @param time the time, or null where it is not known
         * @return this builder
         */
        public Builder signedInAt(@Nullable Instant time) {
            this.signedInAt = time;
            return this;
        }

        /**
         * Says that there are no tokens any more. Default: there are.
         *
         * @param reason why, or null while there are
         * @return this builder
         */
        public Builder ended(@Nullable ReauthorizationReason reason) {
            this.ended = reason;
            return this;
        }

        /** {@return the stored token} */
        public StoredToken build() {
            return new StoredToken(this);
        }
    }
}
