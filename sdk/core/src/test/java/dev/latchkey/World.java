package dev.latchkey;

import dev.latchkey.error.OAuthException;
import dev.latchkey.testing.FakeApi;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeTime;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** An authorization server, an API and a client of both. */
final class World implements AutoCloseable {
    static final String CLIENT_KEY = "ck-5f0c2a9d41e7";

    final FakeTime time = new FakeTime();
    final EventLog events = new EventLog();
    final FakeAuthorizationServer server = FakeAuthorizationServer.start(time);
    final FakeApi api = FakeApi.start(server);
    final TokenManager tokens;
    final OkHttpClient client;

    World() {
        this(UnaryOperator.identity(), UnaryOperator.identity());
    }

    World(UnaryOperator<TokenManager.Builder> manager, UnaryOperator<OkHttpClient.Builder> http) {
        Fixtures.register(server);
        tokens = manager.apply(Fixtures.manager(server, time)
                        .eventListener(events)
                        .apiOrigin(api.origin())
                        .header("x-client-key", CLIENT_KEY))
                .build();
        client = OAuthInterceptor.of(tokens)
                .applyTo(http.apply(new OkHttpClient.Builder()))
                .build();
    }

    Request.Builder request(String path) {
        return new Request.Builder().url(api.url(path));
    }

    Call call(String path) {
        return client.newCall(request(path).build());
    }

    /** Makes a call and gives its status. */
    int status(String path) throws IOException {
        return status(request(path).build());
    }

    int status(Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return response.code();
        }
    }

    /** Makes a call in the asynchronous way and gives what it failed with. */
    Throwable failureOf(Call call) throws Exception {
        try {
            int status = enqueued(call).get(10, TimeUnit.SECONDS);
            throw new AssertionError("answered " + status);
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    static CompletableFuture<Integer> enqueued(Call call) {
        var status = new CompletableFuture<Integer>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                status.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call answered, Response response) {
                response.close();
                status.complete(response.code());
            }
        });
        return status;
    }

    void assertNoConnectionInUse() {
        assertNoConnectionInUse(client);
    }

    /**
     * Fails when a connection stays in use. The pool gives its two counts one after the other and closes idle
     * connections meanwhile, so that a single look may see a difference where there is none.
     */
    static void assertNoConnectionInUse(OkHttpClient client) {
        ConnectionPool pool = client.connectionPool();
        long start = System.nanoTime();
        while (pool.connectionCount() != pool.idleConnectionCount()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(5)) {
                throw new AssertionError("in use for five seconds: " + pool.connectionCount() + " connections, "
                        + pool.idleConnectionCount() + " of them idle");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** A token in the hands of a test, past the checked exception. */
    String tokenValue() throws OAuthException {
        return tokens.token().value();
    }

    @Override
    public void close() {
        server.release();
        api.release();
        tokens.close();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
        api.close();
        server.close();
    }
}
