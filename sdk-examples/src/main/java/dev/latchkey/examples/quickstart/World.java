package dev.latchkey.examples.quickstart;

import dev.latchkey.OAuthInterceptor;
import dev.latchkey.TokenManager;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.testing.FakeApi;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import dev.latchkey.testing.FakeTime;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** An authorization server, an API and a clock to push, all in this process, and one client of theirs. */
final class World implements AutoCloseable {
    static final String CLIENT_ID = "quickstart-client";
    static final String CLIENT_KEY_HEADER = "x-client-key";

    final FakeTime time = new FakeTime(InstantSource.system().instant());
    final FakeAuthorizationServer server = FakeAuthorizationServer.start(time);
    final FakeApi api = FakeApi.start(server);
    final EventLog events = new EventLog();
    final SigningKey key = newKey();
    final String clientKey = UUID.randomUUID().toString();
    final OkHttpClient http = new OkHttpClient();
    /** One thread, so that the program can wait until a refresh that ran behind is over. */
    final ExecutorService worker = Executors.newSingleThreadExecutor(World::daemon);

    final TokenManager tokens;
    final OkHttpClient client;

    World() {
        server.register(FakeClient.privateKeyJwt(CLIENT_ID, key.publicJwk())
                .audience(FakeClient.Audience.ISSUER)
                .kidRequired(true)
                .scopes("patients/read", "patients/write"));
        api.requireHeader(CLIENT_KEY_HEADER, clientKey);
        tokens = manager(key).header(CLIENT_KEY_HEADER, clientKey).build();
        client = client(tokens);
    }

    /** A manager like the one of the world, but for what the caller changes. */
    TokenManager.Builder manager(SigningKey signingKey) {
        return TokenManager.builder(server.tokenEndpoint())
                .issuer(server.issuer())
                .clientId(CLIENT_ID)
                .signingKey(signingKey)
                .apiOrigin(api.origin())
                .scope("patients/read")
                .eventListener(events)
                .httpClient(http)
                .executor(worker)
                .clock(time)
                .ticker(time)
                .scheduler(time.scheduler());
    }

    OkHttpClient client(TokenManager manager) {
        return OAuthInterceptor.of(manager).applyTo(http.newBuilder()).build();
    }

    int get(OkHttpClient through, String path) throws IOException {
        Request request = new Request.Builder().url(api.url(path)).build();
        try (Response response = through.newCall(request).execute()) {
            return response.code();
        }
    }

    /** Waits until the worker has nothing left to do. */
    void settle() {
        try {
            Future<?> last = worker.submit(() -> {});
            last.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a refresh was under way.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static SigningKey newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return SigningKey.of(generator.generateKeyPair()).withKeyId("quickstart-key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no RSA.", e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "token-requests");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        tokens.close();
        worker.shutdown();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
        api.close();
        server.close();
    }
}
