package dev.latchkey;

import dev.latchkey.grant.ClientCredentialsGrant;
import dev.latchkey.internal.endpoint.TokenEndpoint;
import dev.latchkey.internal.endpoint.TokenHttpClient;
import dev.latchkey.internal.http.OkHttpOnClassPath;
import dev.latchkey.internal.time.Time;
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
 */
record Assembly(
        Config config,
        TokenKey key,
        Engine engine,
        OkHttpClient http,
        TokenEndpoint endpoint,
        RetryBudget retryBudget) {

    static Assembly of(Config config) {
        OkHttpOnClassPath.check();
        Settings settings = config.settings();
        Time time = settings.time;
        ExecutorService executor = settings.executor == null ? Threads.daemons() : settings.executor;
        Engine engine =
                new Engine(time, executor, settings.random, new Events(settings.eventListener), new AtomicBoolean());
        OkHttpClient base = settings.httpClient == null ? new OkHttpClient() : settings.httpClient;
        OkHttpClient http = TokenHttpClient.derive(base, settings.requestTimeout);
        TokenKey key = TokenKey.of(config.provider().tokenEndpoint(), config.clientId(), ClientCredentialsGrant.TYPE)
                .withScope(settings.scope)
                .withVariant(Variant.of(config.provider()));
        TokenEndpoint endpoint = new TokenEndpoint(
                http,
                config.provider(),
                config.clientAuthentication(),
                config.context(),
                new TokenEndpoint.Surroundings(time, engine.events()));
        return new Assembly(config, key, engine, http, endpoint, new RetryBudget(time));
    }

    /**
     * The way of a token, from the token endpoint outwards. Retries are inside the lease of the store and inside the cache:
     * one flight spans all tries, its callers see one result, and siblings wait for it.
     */
    CachingTokenSource source(TokenKey key) {
        Duration defaultLife = config.provider().defaultTokenLife();
        TokenStage endpointStage =
                new EndpointStage(key, ClientCredentialsGrant.of(key.scope()), endpoint, defaultLife, engine);
        TokenStage retrying =
                RetryingStage.create(endpointStage, new RetryPolicy(config.settings().retries), retryBudget, engine);
        var refresh = new CachingTokenSource.Refresh(config.settings().refreshMargin, config.settings().tokenTimeout);
        TokenStage sharing = SharingStage.create(key, config.settings().store, refresh, retrying, engine);
        return new CachingTokenSource(key, sharing, refresh, engine);
    }

    /** Ends requests under way, and shuts down what was made here. */
    void close() {
        http.dispatcher().cancelAll();
        if (config.settings().executor == null && engine.executor() instanceof ExecutorService own) {
            own.shutdown();
        }
        if (config.settings().httpClient == null) {
            http.connectionPool().evictAll();
        }
    }
}
