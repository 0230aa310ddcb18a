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
import org.jspecify.annotations.Nullable;

/** Takes over the tokens that a sign-in brought, and gives them up when the user goes. */
final class Users {
    private final Provider provider;
    private final Scope requested;
    private final UserStore store;
    private final Engine engine;

    Users(Provider provider, Scope requested, UserStore store, Engine engine) {
        this.provider = provider;
        this.requested = requested;
        this.store = store;
        this.engine = engine;
    }

    /** A sign-in replaces whatever was there. */
    AccessToken adopt(TokenKey key, TokenResponse response) {
        Instant now = engine.time().now();
        AccessToken token = response.accessToken(now, requested, provider.defaultTokenLife());
        @Nullable
        Instant end = response.refreshTokenExpiresIn()
                .or(provider::defaultRefreshTokenLife)
                .map(now::plus)
                .orElse(null);
        store.save(
                key,
                StoredToken.builder(1)
                        .accessToken(token)
                        .refreshToken(response.refreshToken().orElse(null), end)
                        .build(),
                null);
        return token;
    }

    /** How long a refresh token of another time still lives, nobody knows. */
    void adopt(TokenKey key, RefreshToken refreshToken) {
        store.save(key, StoredToken.builder(1).refreshToken(refreshToken, null).build(), null);
    }

    void forget(TokenKey key) {
        store.save(
                key,
                StoredToken.builder(1).ended(ReauthorizationReason.SIGNED_OUT).build(),
                null);
    }
}
