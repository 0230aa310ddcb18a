package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.OAuthException;
import dev.latchkey.testing.FakeApi;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeTime;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.Callback;
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
     * Fails when a connection is still in use; idle ones are closed. The difference of the pool's two counts would not do: it
     * gives one after the other, and closes idle connections meanwhile.
     */
    static void assertNoConnectionInUse(OkHttpClient client) {
        client.connectionPool().evictAll();
        assertThat(client.connectionPool().connectionCount())
                .as("connections in use")
                .isZero();
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
