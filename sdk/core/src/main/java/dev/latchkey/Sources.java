package dev.latchkey;

import dev.latchkey.grant.RefreshTokenGrant;
import dev.latchkey.internal.flight.Lazy;
import dev.latchkey.token.TokenKey;
import java.time.Duration;

/**
 * Makes the sources of tokens, one for each key. There may be a million of them, so what all have in common exists once.
 *
 * <p>Thread-safety: safe.
 */
final class Sources {
    private final Assembly assembly;
    private final Config config;
    private final CachingTokenSource.Refresh refresh;
    private final RetryPolicy retries;
    private final Lazy<RotationStage.Terms> ofUsers;
    private final TokenKey anyUser;

    Sources(Assembly assembly) {
        this.assembly = assembly;
        this.config = assembly.config();
        this.refresh = new CachingTokenSource.Refresh(config.settings().refreshMargin, config.settings().tokenTimeout);
        this.retries = new RetryPolicy(config.settings().retries);
        this.ofUsers = new Lazy<>(this::terms);
        this.anyUser = TokenKey.of(
                        assembly.key().tokenEndpoint(), assembly.key().clientId(), RefreshTokenGrant.TYPE)
                .withVariant(Variant.ofParameters(config.provider()));
    }

    private RotationStage.Terms terms() {
        return new RotationStage.Terms(
                config.provider(), refresh, lease(config.settings().requestTimeout), assembly.signOut()::discard);
    }

    /** For two requests, since one that is in doubt is tried again. */
    private static HeldLease.Terms lease(Duration request) {
        return HeldLease.Terms.of(request.multipliedBy(3).dividedBy(2), request.multipliedBy(3));
    }

    /**
     * {@return the key of a user's token} Without scope and without the values of headers: what was granted once stays found when a
     * client key or the scope of the manager changes.
     */
    TokenKey keyOf(String userId) {
        return anyUser.withSubject(userId);
    }

    /**
     * The way of a token, from the token endpoint outwards. Retries are inside the lease of the store and inside the cache:
     * one flight spans all tries, its callers see one result, and siblings wait for it. A user's token takes the lease anew for
     * each try, since what is right to send next depends on what the store says then.
     */
    CachingTokenSource source(TokenKey key) {
        var issuer = new Issuer(key, assembly.endpoint(), config.provider().defaultTokenLife(), assembly.engine());
        TokenStage origin =
                key.grantType().equals(RefreshTokenGrant.TYPE) ? ofUser(key, issuer) : ofClient(key, issuer);
        return new CachingTokenSource(key, origin, refresh, assembly.engine());
    }

    private TokenStage ofClient(TokenKey key, Issuer issuer) {
        TokenStage fetching = retrying(new EndpointStage(issuer, config.grant(key.scope()), assembly.engine()));
        return config.settings().store == null
                ? fetching
                : new SharingStage(key, assembly.store().get(), refresh, fetching, assembly.engine());
    }

    private TokenStage ofUser(TokenKey key, Issuer issuer) {
        return retrying(new RotationStage(key, assembly.users().get(), issuer, ofUsers.get(), assembly.engine()));
    }

    private TokenStage retrying(TokenStage next) {
        return RetryingStage.create(next, retries, assembly.retryBudget(), assembly.engine());
    }
}
