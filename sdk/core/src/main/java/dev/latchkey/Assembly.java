package dev.latchkey;

import dev.latchkey.internal.endpoint.ClientEndpoint;
import dev.latchkey.internal.endpoint.JsonCall;
import dev.latchkey.internal.endpoint.TokenEndpoint;
import dev.latchkey.internal.endpoint.TokenHttpClient;
import dev.latchkey.internal.flight.Lazy;
import dev.latchkey.internal.http.OkHttpOnClassPath;
import dev.latchkey.internal.time.Time;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.token.TokenKey;
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
 * @param store where tokens live; in this process where the user set none. Made for the first user, or where one was set
 * @param users the tokens of users, durable and not yet so; made for the first user
 */
record Assembly(
        Config config,
        TokenKey key,
        Engine engine,
        OkHttpClient http,
        TokenEndpoint endpoint,
        RetryBudget retryBudget,
        Lazy<WatchedStore> store,
        Lazy<UserStore> users) {

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
        var store = new Lazy<>(
                () -> new WatchedStore(settings.store == null ? MemoryTokenStore.create() : settings.store, engine));
        return new Assembly(
                config,
                config.key(),
                engine,
                http,
                endpoint,
                new RetryBudget(time),
                store,
                new Lazy<>(() -> new UserStore(store.get(), engine)));
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
     * Ends requests under way, but for those that spend what works once: they land, and what they bring is stored. What could not be
     * written before is tried once more. Then shuts down what was made here.
     */
    void close() {
        TokenHttpClient.cancelWhatMayBeLost(http);
        users.ifMade().ifPresent(made -> {
            made.landing().await(config.settings().requestTimeout);
            made.flush();
        });
        if (config.settings().executor == null && engine.executor() instanceof ExecutorService own) {
            own.shutdown();
        }
        if (config.settings().httpClient == null) {
            http.connectionPool().evictAll();
        }
    }
}
