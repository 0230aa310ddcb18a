package dev.latchkey;

import dev.latchkey.grant.RefreshTokenGrant;
import dev.latchkey.internal.endpoint.ClientEndpoint;
import dev.latchkey.internal.endpoint.JsonCall;
import dev.latchkey.internal.endpoint.TokenEndpoint;
import dev.latchkey.internal.endpoint.TokenHttpClient;
import dev.latchkey.internal.http.OkHttpOnClassPath;
import dev.latchkey.internal.time.Time;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.token.TokenKey;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.OkHttpClient;

/**
 * How a manager is put together, and what of it is its own to shut down.
 *
 * @param config the settings
 * @param key the key of the manager's own token
 * @param engine what all stages share
 * @param http the client of token requests
 * @param endpoint the token endpoint
 * @param retryBudget bounds the retries of all keys together
 * @param store where tokens live; in this process where the user set none
 * @param users the tokens of users, durable and not yet so
 */
record Assembly(
        Config config,
        TokenKey key,
        Engine engine,
        OkHttpClient http,
        TokenEndpoint endpoint,
        RetryBudget retryBudget,
        WatchedStore store,
        UserStore users) {

    static Assembly of(Config config) {
        OkHttpOnClassPath.check();
        Settings settings = config.settings();
        Time time = settings.time;
        ExecutorService executor = settings.executor == null ? Threads.daemons() : settings.executor;
        Engine engine =
                new Engine(time, executor, settings.random, new Events(settings.eventListener), new AtomicBoolean());
        OkHttpClient base = settings.httpClient == null ? new OkHttpClient() : settings.httpClient;
        OkHttpClient http = TokenHttpClient.derive(base, settings.requestTimeout, engine.closed()::get);
        TokenEndpoint endpoint = new TokenEndpoint(
                http,
                config.provider(),
                config.clientAuthentication(),
                config.context(),
                new TokenEndpoint.Surroundings(time, engine.events()));
        var store = new WatchedStore(settings.store == null ? MemoryTokenStore.create() : settings.store, engine);
        return new Assembly(
                config,
                config.key(),
                engine,
                http,
                endpoint,
                new RetryBudget(time),
                store,
                new UserStore(store, engine));
    }

    /**
     * The way of a token, from the token endpoint outwards. Retries are inside the lease of the store and inside the cache:
     * one flight spans all tries, its callers see one result, and siblings wait for it. A user's token takes the lease anew for
     * each try, since what is right to send next depends on what the store says then.
     */
    CachingTokenSource source(TokenKey key) {
        var refresh = new CachingTokenSource.Refresh(config.settings().refreshMargin, config.settings().tokenTimeout);
        var issuer = new Issuer(key, endpoint, config.provider().defaultTokenLife(), engine);
        TokenStage origin = key.grantType().equals(RefreshTokenGrant.TYPE)
                ? ofUser(key, issuer, refresh)
                : ofClient(key, issuer, refresh);
        return new CachingTokenSource(key, origin, refresh, engine);
    }

    private TokenStage ofClient(TokenKey key, Issuer issuer, CachingTokenSource.Refresh refresh) {
        TokenStage fetching = retrying(new EndpointStage(issuer, config.grant(key.scope()), engine));
        return config.settings().store == null ? fetching : new SharingStage(key, store, refresh, fetching, engine);
    }

    private TokenStage ofUser(TokenKey key, Issuer issuer, CachingTokenSource.Refresh refresh) {
        var terms = new RotationStage.Terms(config.provider(), refresh, lease(), signOut()::discard);
        return retrying(new RotationStage(key, users, issuer, terms, engine));
    }

    private TokenStage retrying(TokenStage next) {
        return RetryingStage.create(next, new RetryPolicy(config.settings().retries), retryBudget, engine);
    }

    /** For two requests, since one that is in doubt is tried again. */
    private HeldLease.Terms lease() {
        Duration request = config.settings().requestTimeout;
        return HeldLease.Terms.of(request.multipliedBy(3).dividedBy(2), request.multipliedBy(3));
    }

    JsonCall calls() {
        return new JsonCall(http, engine.time()::now);
    }

    ClientEndpoint clientEndpoint() {
        return new ClientEndpoint(
                http,
                config.provider(),
                config.clientAuthentication(),
                config.context(),
                new ClientEndpoint.Clock(engine.time(), endpoint::clockOffset));
    }

    SignOut signOut() {
        return new SignOut(config.provider(), clientEndpoint(), endpoint, engine);
    }

    /**
     * {@return the key of a user's token} Without scope and without the values of headers: what was granted once stays found when a
     * client key or the scope of the manager changes.
     */
    TokenKey keyOf(String userId) {
        return TokenKey.of(key.tokenEndpoint(), key.clientId(), RefreshTokenGrant.TYPE)
                .withVariant(Variant.ofParameters(config.provider()))
                .withSubject(userId);
    }

    /**
     * Ends requests under way, but for those that spend what works once: they land, and what they bring is stored. What could not be
     * written before is tried once more. Then shuts down what was made here.
     */
    void close() {
        TokenHttpClient.cancelWhatMayBeLost(http);
        users.landing().await(config.settings().requestTimeout);
        users.flush();
        if (config.settings().executor == null && engine.executor() instanceof ExecutorService own) {
            own.shutdown();
        }
        if (config.settings().httpClient == null) {
            http.connectionPool().evictAll();
        }
    }
}
