package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.error.InvalidClientException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.ServerErrorException;
import dev.latchkey.error.TransportException;
import dev.latchkey.event.TokenIssued;
import dev.latchkey.event.TokenRequestSent;
import dev.latchkey.testing.Answer;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.token.AccessToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TokenManagerFlowTest {
    private final FakeTime time = new FakeTime();
    private final EventLog events = new EventLog();
    private FakeAuthorizationServer server;

    @BeforeEach
    void start() {
        server = FakeAuthorizationServer.start(time);
        Fixtures.register(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TokenManager.Builder manager() {
        return Fixtures.manager(server, time).eventListener(events);
    }

    @Test
    void token_secondCall_comesFromTheCache() throws Exception {
        try (TokenManager tokens = manager().build()) {
            AccessToken first = tokens.token();
            AccessToken second = tokens.token();

            assertThat(second).isSameAs(first);
            assertThat(server.isActive(first.value())).isTrue();
            assertThat(server.tokenRequestCount()).isEqualTo(1);
            assertThat(server.violations()).isEmpty();
        }
    }

    @Test
    void token_rsaKey_signsRs384() throws Exception {
        SigningKey key = Fixtures.rsa("rsa-1");
        server.register(FakeClient.privateKeyJwt("rsa-client", SigningKey.publicJwkSet(List.of(key)))
                .audience(FakeClient.Audience.TOKEN_ENDPOINT));
        try (TokenManager tokens =
                manager().clientId("rsa-client").signingKey(key).build()) {
            tokens.token();
        }

        assertThat(server.tokenRequests().get(0).assertionHeader())
                .containsEntry("alg", "RS384")
                .containsEntry("typ", "JWT");
    }

    @Test
    void token_issuerGiven_assertionIsForTheIssuerAlone() throws Exception {
        // the audience is the issuer as a string, and the type is explicit.
        server.register(FakeClient.privateKeyJwt("strict", SigningKey.publicJwkSet(List.of(Fixtures.KEY)))
                .audience(FakeClient.Audience.ISSUER));
        try (TokenManager tokens =
                manager().clientId("strict").issuer(server.issuer()).build()) {
            tokens.token();
        }

        assertThat(server.tokenRequests().get(0).assertionClaims()).containsEntry("aud", server.issuer());
        assertThat(server.tokenRequests().get(0).assertionHeader()).containsEntry("typ", "client-authentication+jwt");
    }

    @Test
    void token_tenThousandCallsOf64ThreadsOnAColdCache_oneRequest() throws Exception {
        // F-01
        server.hold();
        try (TokenManager tokens = manager().build()) {
            List<Future<AccessToken>> results = new ArrayList<>();
            ExecutorService threads = Executors.newFixedThreadPool(64);
            for (int i = 0; i < 10_000; i++) {
                results.add(threads.submit(tokens::token));
            }
            server.awaitRequests(1);
            server.release();
            threads.shutdown();

            AccessToken first = results.get(0).get();
            for (Future<AccessToken> result : results) {
                assertThat(result.get()).isSameAs(first);
            }
            assertThat(server.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void token_staleUnderLoad_nobodyWaitsAndOneRequestRunsBehind() throws Exception {
        // F-02: the second request is held at the server; every caller returns all the same.
        server.tokenLife(Duration.ofMinutes(5));
        try (TokenManager tokens = manager().build()) {
            AccessToken old = tokens.token();
            time.advance(Duration.ofSeconds(280));
            server.hold();

            List<AccessToken> served = inParallel(64, tokens::token);
            server.awaitRequests(2);
            served.addAll(inParallel(64, tokens::token));

            assertThat(served)
                    .hasSize(128)
                    .allSatisfy(token -> assertThat(token).isSameAs(old));
            assertThat(server.tokenRequestCount()).isEqualTo(2);
            server.release();
            events.await(TokenIssued.class, 2);
            time.advance(Duration.ofSeconds(20));
            assertThat(tokens.token()).isNotSameAs(old);
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void token_expired_allWaitForOneFlight() throws Exception {
        server.tokenLife(Duration.ofMinutes(5));
        try (TokenManager tokens = manager().build()) {
            AccessToken old = tokens.token();
            time.advance(Duration.ofMinutes(5));

            List<AccessToken> served = inParallel(32, tokens::token);

            assertThat(served)
                    .allSatisfy(token -> assertThat(token).isNotSameAs(old).isSameAs(served.get(0)));
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void token_endpointDownWhileTokenLives_everyCallIsServed() throws Exception {
        // F-05: the executor runs on the calling thread, so each refresh has ended when its call returns.
        server.tokenLife(Duration.ofMinutes(5));
        try (TokenManager tokens = manager().executor(new DirectExecutor()).build()) {
            AccessToken old = tokens.token();
            server.always(Answer.status(503));
            for (int second = 250; second < 290; second++) {
                time.advance(Duration.ofSeconds(second == 250 ? 250 : 1));
                assertThat(tokens.token()).isSameAs(old);
            }

            assertThat(server.tokenRequestCount() - 1).isBetween(5, 13);
        }
    }

    @Test
    void token_refused_failsFastAndIsNotAskedInALoop() throws Exception {
        // F-37: a refusal that cannot heal by itself is remembered.
        try (TokenManager tokens = manager().clientId("unknown").build()) {
            for (int i = 0; i < 1000; i++) {
                assertThatThrownBy(tokens::token)
                        .isInstanceOf(InvalidClientException.class)
                        .hasMessageContaining("invalid_client");
            }

            assertThat(server.tokenRequestCount()).isEqualTo(1);
            time.advance(Duration.ofMinutes(1));
            assertThatThrownBy(tokens::token).isInstanceOf(InvalidClientException.class);
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void token_serverErrors_retriedWithFreshAssertionsThenRemembered() throws Exception {
        // F-09, R-24: four attempts, four jti.
        server.always(Answer.status(500));
        try (TokenManager tokens = manager().build()) {
            CompletableFuture<AccessToken> token = tokens.tokenAsync();
            for (int retry = 0; retry < 3; retry++) {
                time.awaitScheduled(1);
                time.advance(Duration.ofSeconds(2));
            }

            assertThatThrownBy(token::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ServerErrorException.class);
            assertThat(server.tokenRequestCount()).isEqualTo(4);
            assertThat(server.tokenRequests().stream()
                            .map(request -> request.jti().orElseThrow()))
                    .doesNotHaveDuplicates();
            assertThatThrownBy(tokens::token).isInstanceOf(ServerErrorException.class);
            assertThat(server.tokenRequestCount()).isEqualTo(4);
            assertThat(events.of(TokenRequestSent.class)).hasSize(4);
        }
    }

    @Test
    void token_retryAfterBeyondPatience_isHonouredByAllCallers() throws Exception {
        // F-10: one request during the delay, shared by all threads.
        server.always(Answer.status(429).header("Retry-After", "120"));
        try (TokenManager tokens = manager().build()) {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(tokens::token)
                        .satisfies(e ->
                                assertThat(((OAuthException) e).retryAfter()).contains(Duration.ofMinutes(2)));
            }
            assertThat(server.tokenRequestCount()).isEqualTo(1);

            server.recover();
            time.advance(Duration.ofSeconds(119));
            assertThatThrownBy(tokens::token).isInstanceOf(OAuthException.class);
            time.advance(Duration.ofSeconds(2));
            assertThat(tokens.token()).isNotNull();
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void scope_differentScopes_neverShareATokenOrARequest() throws Exception {
        // F-04, R-61, V-20
        try (TokenManager tokens = manager().build()) {
            List<Callable<AccessToken>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                TokenSource source = tokens.scope("scope-" + i % 20);
                calls.add(source::token);
            }
            List<AccessToken> served = inParallel(calls);

            for (int i = 0; i < 200; i++) {
                assertThat(served.get(i).scope().toString()).isEqualTo("scope-" + i % 20);
            }
            assertThat(server.tokenRequestCount()).isEqualTo(20);
        }
    }

    @Test
    void scope_sameScopeInAnotherOrder_isTheSameSource() {
        try (TokenManager tokens = manager().scope("a b").build()) {
            assertThat(tokens.scope("b  a")).isSameAs(tokens);
            assertThat(tokens.scope("c d")).isSameAs(tokens.scope("d c"));
        }
    }

    @Test
    void token_interrupted_leavesTheFlightToTheOthers() throws Exception {
        // F-03
        server.hold();
        try (TokenManager tokens = manager().build()) {
            var flag = new CompletableFuture<Boolean>();
            Thread leader = new Thread(() -> {
                try {
                    tokens.token();
                    flag.complete(false);
                } catch (TransportException e) {
                    flag.complete(Thread.currentThread().isInterrupted());
                } catch (OAuthException e) {
                    flag.completeExceptionally(e);
                }
            });
            leader.start();
            server.awaitRequests(1);
            CompletableFuture<AccessToken> other = tokens.tokenAsync();
            leader.interrupt();

            assertThat(flag.get(5, TimeUnit.SECONDS)).isTrue();
            server.release();
            assertThat(other.get(5, TimeUnit.SECONDS)).isNotNull();
            assertThat(server.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void tokenAsync_cancelled_leavesTheFlightToTheOthers() throws Exception {
        server.hold();
        try (TokenManager tokens = manager().build()) {
            CompletableFuture<AccessToken> first = tokens.tokenAsync();
            CompletableFuture<AccessToken> second = tokens.tokenAsync();
            first.cancel(true);
            server.release();

            assertThat(second.get()).isNotNull();
            assertThat(server.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void close_whileCallersWait_wakesThemAll() throws Exception {
        // F-39
        server.hold();
        TokenManager tokens = manager().build();
        CompletableFuture<AccessToken> waiting = tokens.tokenAsync();
        CompletableFuture<AccessToken> other = tokens.scope("other").tokenAsync();
        server.awaitRequests(2);
        tokens.close();

        assertThatThrownBy(() -> waiting.get(1, TimeUnit.SECONDS)).hasMessageContaining("closed");
        assertThatThrownBy(() -> other.get(1, TimeUnit.SECONDS)).hasMessageContaining("closed");
        assertThatThrownBy(tokens::token)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        tokens.close();
        server.release();
    }

    @Test
    void reject_replacedToken_changesNothing() throws Exception {
        try (TokenManager tokens = manager().build()) {
            AccessToken first = tokens.token();
            tokens.reject(first);
            AccessToken second = tokens.token();
            tokens.reject(first);

            assertThat(tokens.token()).isSameAs(second).isNotSameAs(first);
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void reject_everyToken_endsInNoLoop() throws Exception {
        // F-36: after a handful the token is kept, and one more comes back each 5 s.
        try (TokenManager tokens = manager().build()) {
            for (int i = 0; i < 1000; i++) {
                tokens.reject(tokens.token());
            }
            assertThat(server.tokenRequestCount()).isEqualTo(6);

            time.advance(Duration.ofSeconds(5));
            tokens.reject(tokens.token());
            tokens.token();
            assertThat(server.tokenRequestCount()).isEqualTo(7);
        }
    }

    private <T> List<T> inParallel(int count, Callable<T> call) throws Exception {
        return inParallel(Collections.nCopies(count, call));
    }

    private <T> List<T> inParallel(List<Callable<T>> calls) throws Exception {
        var start = new CyclicBarrier(calls.size());
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<Future<T>> results = new ArrayList<>();
            for (Callable<T> call : calls) {
                results.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            List<T> values = new ArrayList<>();
            for (Future<T> result : results) {
                values.add(result.get());
            }
            return values;
        } finally {
            threads.shutdownNow();
        }
    }
}
