package dev.latchkey.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.OAuthInterceptor;
import dev.latchkey.TokenManager;
import dev.latchkey.event.TokenIssued;
import dev.latchkey.event.TokenRejected;
import dev.latchkey.event.TokenRequestSent;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens of 5 seconds, renewed while many threads use them. Real time, since the server has no other. */
@Tag("keycloak")
@ExtendWith(KeycloakExtension.class)
@Timeout(300)
class RenewalKeycloakIT {
    private static final int SECONDS = 20;
    private static final int THREADS = 8;

    private final Keycloak keycloak;
    private final EventLog events = new EventLog();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger calls = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    RenewalKeycloakIT(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    @Test
    void call_tokensOfFiveSecondsUnderLoad_noneFailsAndRenewalsFollowTheLife() throws Exception {
        try (TokenManager tokens = keycloak.manager(TestRealm.SHORT_LIVED, events)
                .signingKey(keycloak.realm().ec())
                .apiOrigin(keycloak.server().origin())
                .scope("openid")
                .build()) {
            OkHttpClient api = OAuthInterceptor.of(tokens)
                    .applyTo(new OkHttpClient.Builder())
                    .build();
            Request userinfo =
                    new Request.Builder().url(keycloak.server().userinfo()).build();
            inParallel(() -> called(api, userinfo));
        }

        int renewals = events.of(TokenIssued.class).size() - 1;
        keycloak.figures().load(calls.get(), failures.size(), renewals);
        Console.line(SECONDS + " s, " + THREADS + " threads: calls=" + calls + " failed=" + failures.size()
                + " token_requests=" + events.of(TokenRequestSent.class).size() + " refused_tokens="
                + events.of(TokenRejected.class).size());
        assertThat(failures).isEmpty();
        assertThat(calls).hasValueGreaterThan(40);
        assertThat(events.of(TokenIssued.class))
                .allSatisfy(issued -> assertThat(issued.life().toSeconds()).isBetween(4L, 5L));
        // A renewal when a fifth of the life is left: each 3.8 to 4.2 s, or each 3 to 3.4 s where the life is 4 s.
        assertThat(events.of(TokenRequestSent.class).size()).isBetween(SECONDS / 5, SECONDS / 3 + 2);
        assertThat(events.of(TokenRejected.class)).isEmpty();
    }

    private interface Work {
        void run() throws IOException;
    }

    private void inParallel(Work work) throws InterruptedException {
        var ended = new CountDownLatch(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int number = 0; number < THREADS; number++) {
                threads.execute(() -> {
                    repeat(work);
                    ended.countDown();
                });
            }
            assertThat(ended.await(SECONDS, TimeUnit.SECONDS)).isFalse();
            over.set(true);
            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    private void repeat(Work work) {
        while (!over.get()) {
            try {
                work.run();
            } catch (IOException | RuntimeException | AssertionError e) {
                failures.add(e);
            }
            calls.incrementAndGet();
        }
    }

    private static void called(OkHttpClient api, Request userinfo) throws IOException {
        try (Response response = api.newCall(userinfo).execute()) {
            assertThat(response.body().string()).contains("\"sub\"");
        }
    }
}
