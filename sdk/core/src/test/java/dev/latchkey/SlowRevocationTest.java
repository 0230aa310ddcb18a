package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.error.ReauthorizationRequiredException;
import dev.latchkey.error.TransportException;
import dev.latchkey.provider.Endpoint;
import dev.latchkey.provider.Provider;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.token.RefreshToken;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** F-38: a server that does not answer when tokens are given up holds nobody longer than one request may take. */
@Timeout(20)
class SlowRevocationTest {
    private final MockWebServer server = new MockWebServer();
    private final MemoryTokenStore store = MemoryTokenStore.create();
    private TokenManager tokens;

    @BeforeEach
    void start() throws IOException {
        server.start();
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        tokens = TokenManager.builder(Provider.builder(server.url("/token").toString())
                        .endpoint(Endpoint.REVOCATION, server.url("/revoke").toString())
                        .build())
                .clientId(Fixtures.CLIENT_ID)
                .signingKey(Fixtures.KEY)
                .store(store)
                .requestTimeout(Duration.ofSeconds(2))
                .build();
    }

    @AfterEach
    void stop() {
        tokens.close();
        server.close();
    }

    private void signOut() {
        try {
            tokens.signOut("42");
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private CompletableFuture<Void> signingOut() throws Exception {
        tokens.adopt("42", RefreshToken.of("r"));
        CompletableFuture<Void> signedOut = CompletableFuture.runAsync(this::signOut, Fixtures.THREADS);
        assertThat(server.takeRequest(5, TimeUnit.SECONDS).getTarget()).isEqualTo("/revoke");
        return signedOut;
    }

    @Test
    void signOut_silentServer_forgetsAtOnceAndEndsInTime() throws Exception {
        // forgotten here before the server says anything.
        long start = System.nanoTime();
        CompletableFuture<Void> signedOut = signingOut();

        assertThat(Assertions.catchThrowableOfType(
                                ReauthorizationRequiredException.class,
                                () -> tokens.user("42").token())
                        .reason())
                .isEqualTo(ReauthorizationReason.SIGNED_OUT);
        assertThat(signedOut)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(TransportException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2_900));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void close_whileASilentServerIsTold_doesNotWaitForIt() throws Exception {
        CompletableFuture<Void> signedOut = signingOut();
        long start = System.nanoTime();
        tokens.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(signedOut).failsWithin(Duration.ofSeconds(3));
    }
}
