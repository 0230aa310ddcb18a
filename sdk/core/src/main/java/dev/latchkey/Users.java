package dev.latchkey;

import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.provider.Provider;
import dev.latchkey.store.StoredToken;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenKey;
import dev.latchkey.token.TokenResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes over the tokens that a sign-in brought, and gives them up when the user goes. */
final class Users {
    private final Provider provider;
    private final Scope requested;
    private final UserStore store;
    private final Supplier<Instant> clock;

    Users(Provider provider, Scope requested, UserStore store, Supplier<Instant> clock) {
        this.provider = provider;
        this.requested = requested;
        this.store = store;
        this.clock = clock;
    }

    /** A sign-in replaces whatever was there. */
    AccessToken adopt(TokenKey key, TokenResponse response, Instant sentAt) {
        AccessToken token = response.accessToken(sentAt, requested, provider.defaultTokenLife());
        @Nullable
        Instant end = response.refreshTokenExpiresIn()
                .or(provider::defaultRefreshTokenLife)
                .map(sentAt::plus)
                .orElse(null);
        store.decide(
                key,
                StoredToken.builder(1)
                        .accessToken(token)
                        .refreshToken(response.refreshToken().orElse(null), end)
                        .signedInAt(sentAt)
                        .build(),
                sentAt);
        return token;
    }

    /** How long a refresh token of another time still lives, nobody knows. */
    void adopt(TokenKey key, RefreshToken refreshToken) {
        Instant now = clock.get();
        store.decide(
                key,
                StoredToken.builder(1)
                        .refreshToken(refreshToken, null)
                        .signedInAt(now)
                        .build(),
                now);
    }

    /** {@return what was given up, where that is known} From now on nobody gets it, whatever the server says. */
    Optional<StoredToken> forget(TokenKey key) {
        Instant now = clock.get();
        StoredToken ended = StoredToken.builder(1)
                .ended(ReauthorizationReason.SIGNED_OUT)
                .signedInAt(now)
                .build();
        return Optional.ofNullable(store.decide(key, ended, now).replaced())
                .filter(replaced -> replaced.ended().isEmpty());
    }
}
