package dev.latchkey;

import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.error.TokenStoreException;
import dev.latchkey.provider.Provider;
import dev.latchkey.store.StoredToken;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenKey;
import dev.latchkey.token.TokenResponse;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes over the tokens that a sign-in brought, and gives them up when the user goes. */
final class Users {
    private final Provider provider;
    private final Scope requested;
    private final UserStore store;

    Users(Provider provider, Scope requested, UserStore store) {
        this.provider = provider;
        this.requested = requested;
        this.store = store;
    }

    /** A sign-in replaces whatever was there. */
    AccessToken adopt(TokenKey key, TokenResponse response, Instant sentAt) {
        AccessToken token = response.accessToken(sentAt, requested, provider.defaultTokenLife());
        @Nullable
        Instant end = response.refreshTokenExpiresIn()
                .or(provider::defaultRefreshTokenLife)
                .map(sentAt::plus)
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

    /** {@return what was given up, where anything was} From now on nobody gets it, whatever the server says. */
    Optional<StoredToken> forget(TokenKey key) throws TokenStoreException {
        Optional<StoredToken> present =
                store.load(key).filter(stored -> stored.ended().isEmpty());
        if (present.isPresent()) {
            store.save(
                    key,
                    StoredToken.builder(1)
                            .ended(ReauthorizationReason.SIGNED_OUT)
                            .build(),
                    null);
        }
        return present;
    }
}
