package dev.latchkey.chaos;

import dev.latchkey.TokenManager;
import dev.latchkey.clientauth.ClientSecretPost;
import dev.latchkey.error.TokenStoreException;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.TokenKey;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An authorization server that rotates refresh tokens, a store, and the processes that use both. */
final class World implements AutoCloseable {
    static final String CLIENT_ID = "my-client";
    static final String CLIENT_SECRET = "my-secret";
    static final Duration LIFE = Duration.ofMinutes(5);
    private static final Duration LATENCY = Duration.ofMillis(2);

    private final FakeAuthorizationServer server = FakeAuthorizationServer.start();
    private final Queue<ChildProcess> children = new ConcurrentLinkedQueue<>();
    private final Chaos chaos;
    private final String place;
    private final TokenStore store;

    World(Chaos chaos, String place, Duration grace) throws IOException {
        this.chaos = chaos;
        this.place = place;
        this.store = place.isEmpty() ? null : Places.open(place, chaos.encryptionKey());
        server.register(FakeClient.clientSecretPost(CLIENT_ID, CLIENT_SECRET).refreshTokens(true));
        server.tokenLife(LIFE);
        server.refreshTokenGrace(grace);
        server.latency(LATENCY);
    }

    FakeAuthorizationServer server() {
        return server;
    }

    TokenStore store() {
        return store;
    }

    static TokenKey keyOf(String tokenEndpoint, String userId) {
        return TokenKey.of(tokenEndpoint, CLIENT_ID, "refresh_token").withSubject(userId);
    }

    static TokenManager.Builder manager(String tokenEndpoint, TokenStore store) {
        return TokenManager.builder(tokenEndpoint)
                .clientId(CLIENT_ID)
                .clientAuthentication(ClientSecretPost.of(CLIENT_SECRET))
                .store(store);
    }

    /** A person signs in. */
    void signIn(String userId) {
        try (TokenManager tokens = manager(server.tokenEndpoint(), store).build()) {
            tokens.adopt(userId, RefreshToken.of(server.issueRefreshToken(CLIENT_ID)));
        }
    }

    StoredToken stored(String userId) throws TokenStoreException {
        return store.load(keyOf(server.tokenEndpoint(), userId)).orElseThrow();
    }

    /** Whether the server would take the refresh token that is stored, as the one it gave last. */
    boolean isCurrent(StoredToken stored) {
        return stored.refreshToken()
                .filter(token -> server.isActive(token.value()))
                .isPresent();
    }

    /** Starts a process; it is ready as soon as it says so. */
    ChildProcess child(String userId, Duration requestTimeout, int threads) throws IOException {
        ChildProcess child = ChildProcess.start(
                chaos.encryptionKey(),
                server.tokenEndpoint(),
                place,
                userId,
                Long.toString(requestTimeout.toMillis()),
                Integer.toString(threads));
        children.add(child);
        return child;
    }

    @Override
    public void close() {
        try {
            for (ChildProcess child : children) {
                child.kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.close();
        }
    }
}
