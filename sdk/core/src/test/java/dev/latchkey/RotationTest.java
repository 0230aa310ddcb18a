package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.latchkey.error.InvalidClientException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.error.ReauthorizationRequiredException;
import dev.latchkey.error.TokenStoreException;
import dev.latchkey.event.TokenStoreFailed;
import dev.latchkey.provider.Endpoint;
import dev.latchkey.provider.Provider;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testing.Answer;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenKey;
import dev.latchkey.token.TokenResponse;
import dev.latchkey.token.TokenType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RotationTest {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private final FakeTime time = new FakeTime();
    private final EventLog events = new EventLog();
    private final SwitchableStore store = new SwitchableStore();
    private FakeAuthorizationServer server;
    private TokenManager tokens;

    @BeforeEach
    void start() {
        server = FakeAuthorizationServer.start(time);
        Fixtures.register(server);
        server.tokenLife(LIFE);
        tokens = manager(store);
    }

    @AfterEach
    void stop() {
        tokens.close();
        server.close();
    }

    private TokenManager manager(TokenStore shared) {
        return TokenManager.builder(Provider.builder(server.tokenEndpoint())
                        .endpoint(Endpoint.REVOCATION, server.revocationEndpoint())
                        .build())
                .clientId(Fixtures.CLIENT_ID)
                .signingKey(Fixtures.KEY)
                .clock(time)
                .ticker(time)
                .scheduler(time.scheduler())
                .store(shared)
                .retries(0)
                .eventListener(events)
                .build();
    }

    private TokenSource signedIn(String userId) {
        return tokens.adopt(userId, RefreshToken.of(server.issueRefreshToken(Fixtures.CLIENT_ID)));
    }

    private StoredToken stored(String userId) {
        return store.memory.load(keyOf(userId)).orElseThrow();
    }

    private TokenKey keyOf(String userId) {
        return TokenKey.of(server.tokenEndpoint(), Fixtures.CLIENT_ID, "refresh_token")
                .withSubject(userId);
    }

    /** Where a write of the background may come in between, and the next look is a moment later. */
    private AccessToken patient(TokenSource source) throws Exception {
        return patient(source.tokenAsync());
    }

    private AccessToken patient(CompletableFuture<AccessToken> token) throws Exception {
        while (true) {
            try {
                return token.get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                time.advance(Duration.ofMillis(200));
            }
        }
    }

    private static ReauthorizationReason reasonOf(TokenSource source) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(
                        ReauthorizationRequiredException.class, source::token)
                .reason();
    }

    @Test
    void token_firstUse_refreshesAndStoresTheSuccessorFirst() throws Exception {
        TokenSource user = signedIn("42");
        RefreshToken first = stored("42").refreshToken().orElseThrow();

        AccessToken token = user.token();

        StoredToken after = stored("42");
        assertThat(server.isActive(token.value())).isTrue();
        assertThat(after.refreshToken().orElseThrow().hasSameValueAs(first)).isFalse();
        assertThat(server.isActive(after.refreshToken().orElseThrow().value())).isTrue();
        assertThat(after.accessToken()).contains(token);
        assertThat(after.attemptStartedAt()).isEmpty();
        assertThat(server.violations()).isEmpty();
    }

    @Test
    void token_whileFresh_isServedWithoutTheStore() throws Exception {
        TokenSource user = signedIn("42");
        user.token();
        int before = store.touched.get();
        for (int i = 0; i < 1000; i++) {
            user.token();
        }
        assertThat(store.touched).hasValue(before);
        assertThat(before).isPositive();
    }

    @Test
    void token_oneHundredRotations_eachTokenUsedOnce() throws Exception {
        //
        TokenSource user = signedIn("42");
        for (int i = 0; i < 100; i++) {
            user.token();
            time.advance(LIFE);
        }
        assertThat(server.tokenRequestCount()).isEqualTo(100);
        assertThat(server.killedFamilyCount()).isZero();
    }

    @Test
    void token_fiftyThreadsOnAnExpiredToken_oneRefresh() throws Exception {
        TokenSource user = signedIn("42");
        user.token();
        time.advance(LIFE);
        server.hold();
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            List<Future<AccessToken>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(threads.submit(user::token));
            }
            server.awaitRequests(2);
            server.release();
            for (Future<AccessToken> each : all) {
                assertThat(server.isActive(each.get(10, TimeUnit.SECONDS).value()))
                        .isTrue();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(server.tokenRequestCount()).isEqualTo(2);
    }

    @Test
    void token_eightManagersOfOneStore_oneRefresh() throws Exception {
        // F-24, in one process
        signedIn("42");
        server.hold();
        List<TokenManager> managers = new ArrayList<>();
        List<CompletableFuture<AccessToken>> served = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            TokenManager each = Fixtures.manager(server)
                    .clock(time)
                    .ticker(time)
                    .store(store)
                    .build();
            managers.add(each);
            served.add(each.user("42").tokenAsync());
        }
        server.awaitRequests(1);
        server.release();
        for (CompletableFuture<AccessToken> each : served) {
            assertThat(server.isActive(each.get(10, TimeUnit.SECONDS).value())).isTrue();
        }
        managers.forEach(TokenManager::close);
        assertThat(server.tokenRequestCount()).isEqualTo(1);
        assertThat(server.killedFamilyCount()).isZero();
    }

    @Test
    void token_answerLostWithGrace_isHealedAtOnce() throws Exception {
        server.refreshTokenGrace(Duration.ofSeconds(10));
        TokenSource user = signedIn("42");
        server.next(Answer.disconnectAfterRequest());

        assertThat(server.isActive(user.token().value())).isTrue();
        assertThat(server.tokenRequestCount()).isEqualTo(2);
        assertThat(server.repeatedJtiCount()).isZero();
        assertThat(server.isActive(stored("42").refreshToken().orElseThrow().value()))
                .isTrue();
    }

    @Test
    void token_answerLostWithoutGrace_isInDoubtByType() {
        TokenSource user = signedIn("42");
        server.next(Answer.disconnectAfterRequest());

        assertThat(reasonOf(user)).isEqualTo(ReauthorizationReason.IN_DOUBT);
        assertThat(server.tokenRequestCount()).isEqualTo(2);
        assertThat(stored("42").ended()).contains(ReauthorizationReason.IN_DOUBT);
    }

    @Test
    void token_answerUnreadable_isTriedOnceMore() throws Exception {
        server.refreshTokenGrace(Duration.ofSeconds(10));
        TokenSource user = signedIn("42");
        server.next(Answer.truncated());
        assertThat(server.isActive(user.token().value())).isTrue();
        assertThat(server.tokenRequestCount()).isEqualTo(2);
    }

    @Test
    void token_diedAfterTheNote_isInDoubtForTheNextProcess() throws Exception {
        signedIn("42");
        StoredToken present = stored("42");
        store.compareAndSet(
                keyOf("42"),
                present.generation(),
                present.next().attemptStartedAt(time.instant()).build());
        server.revoke(present.refreshToken().orElseThrow().value());

        assertThat(reasonOf(tokens.user("42"))).isEqualTo(ReauthorizationReason.IN_DOUBT);
        assertThat(server.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void token_revoked_endsAtOnceAndAsksNoMore() {
        // F-37
        TokenSource user = signedIn("42");
        server.revoke(stored("42").refreshToken().orElseThrow().value());

        assertThat(reasonOf(user)).isEqualTo(ReauthorizationReason.REFUSED);
        for (int i = 0; i < 1000; i++) {
            time.advance(Duration.ofSeconds(1));
            assertThat(reasonOf(tokens.user("42"))).isEqualTo(ReauthorizationReason.REFUSED);
        }
        assertThat(server.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void token_turnedAwayBefore_isNotInDoubt() throws Exception {
        TokenSource user = signedIn("42");
        server.next(Answer.status(503));
        assertThatThrownBy(user::token).isInstanceOf(OAuthException.class);
        assertThat(stored("42").attemptStartedAt()).isEmpty();
        server.revoke(stored("42").refreshToken().orElseThrow().value());
        time.advance(Duration.ofMinutes(5));

        assertThat(reasonOf(user)).isEqualTo(ReauthorizationReason.REFUSED);
    }

    @Test
    void token_clientRefused_keepsTheSession() throws Exception {
        TokenSource user = signedIn("42");
        server.next(Answer.json(401, "{\"error\":\"invalid_client\"}"));
        assertThatThrownBy(user::token).isInstanceOf(InvalidClientException.class);
        time.advance(Duration.ofMinutes(10));
        assertThat(server.isActive(user.token().value())).isTrue();
    }

    @Test
    void token_nobodySignedIn_saysSoAndAsksNothing() {
        assertThat(reasonOf(tokens.user("nobody"))).isEqualTo(ReauthorizationReason.NOT_SIGNED_IN);
        assertThat(server.tokenRequestCount()).isZero();
    }

    @Test
    void token_noNewRefreshToken_keepsTheOld() throws Exception {
        //
        server.rotateRefreshTokens(false);
        TokenSource user = signedIn("42");
        RefreshToken first = stored("42").refreshToken().orElseThrow();
        user.token();
        assertThat(stored("42").refreshToken().orElseThrow().hasSameValueAs(first))
                .isTrue();
    }

    @Test
    void token_storeCannotWrite_servesAndWritesLater() throws Exception {
        // F-28: the store fails from the moment at which the answer is there.
        TokenSource user = signedIn("42");
        server.hold();
        CompletableFuture<AccessToken> flight = user.tokenAsync();
        server.awaitRequests(1);
        store.broken = true;
        server.release();
        AccessToken token = flight.get(10, TimeUnit.SECONDS);

        assertThat(server.isActive(token.value())).isTrue();
        time.advance(LIFE);
        assertThat(server.isActive(patient(user).value()))
                .as("renewed from memory")
                .isTrue();
        assertThat(events.of(TokenStoreFailed.class)).hasSize(1);
        store.broken = false;
        time.advance(LIFE);
        patient(user);

        assertThat(server.isActive(stored("42").refreshToken().orElseThrow().value()))
                .isTrue();
        assertThat(stored("42").attemptStartedAt()).isEmpty();
        assertThat(server.killedFamilyCount()).isZero();
    }

    @Test
    void token_storeCanOnlyBeRead_isRenewedFromMemoryAndToldOfOnce() throws Exception {
        // F-28: as a full disk does, it still says what it has, and sees at once that a generation is not the one it
        // has.
        TokenSource user = signedIn("42");
        server.hold();
        CompletableFuture<AccessToken> flight = user.tokenAsync();
        server.awaitRequests(1);
        store.full = true;
        server.release();
        flight.get(10, TimeUnit.SECONDS);
        for (int i = 0; i < 5; i++) {
            time.advance(LIFE);
            assertThat(server.isActive(patient(user).value())).isTrue();
        }
        assertThat(server.tokenRequestCount()).isEqualTo(6);
        assertThat(events.of(TokenStoreFailed.class)).hasSize(1);
        store.full = false;
        time.advance(LIFE);
        patient(user);

        assertThat(server.isActive(stored("42").refreshToken().orElseThrow().value()))
                .isTrue();
        assertThat(stored("42").attemptStartedAt()).isEmpty();
        assertThat(events.of(TokenStoreFailed.class)).hasSize(1);
        assertThat(server.killedFamilyCount()).isZero();
    }

    @Test
    void token_storeFullASecondTime_isToldOfAgain() throws Exception {
        TokenSource user = signedIn("42");
        for (int outage = 1; outage <= 2; outage++) {
            store.full = true;
            time.advance(LIFE);
            patient(user);
            store.full = false;
            time.advance(LIFE);
            patient(user);
            assertThat(events.of(TokenStoreFailed.class)).hasSize(outage);
        }
    }

    @Test
    void token_successorNotWrittenYet_isNotSpentASecondTimeByASibling() throws Exception {
        // F-28: the store still has the spent token, and a sibling can read it.
        TokenSource user = signedIn("42");
        server.hold();
        CompletableFuture<AccessToken> flight = user.tokenAsync();
        server.awaitRequests(1);
        store.full = true;
        server.release();
        AccessToken token = flight.get(10, TimeUnit.SECONDS);
        TokenManager sibling = manager(store);
        CompletableFuture<AccessToken> waiting = sibling.user("42").tokenAsync();
        for (int i = 0; i < 50; i++) {
            time.awaitScheduled(1);
            time.advance(Duration.ofMillis(200));
        }
        assertThat(waiting).isNotDone();
        store.full = false;

        assertThat(patient(waiting).hasSameValueAs(token)).isTrue();
        assertThat(server.tokenRequestCount()).isEqualTo(1);
        assertThat(server.killedFamilyCount()).isZero();
        sibling.close();
    }

    @Test
    void token_storeBackAfterAnOutage_siblingLetsTheOtherWriteFirst() throws Exception {
        // F-30: the database went away after the note, and with it the lease.
        TokenSource user = signedIn("42");
        server.hold();
        CompletableFuture<AccessToken> flight = user.tokenAsync();
        server.awaitRequests(1);
        store.broken = true;
        server.release();
        AccessToken token = flight.get(10, TimeUnit.SECONDS);
        SwitchableStore itsWay = new SwitchableStore(store.memory);
        itsWay.broken = true;
        itsWay.leases = false;
        TokenManager sibling = manager(itsWay);
        assertThatThrownBy(() -> sibling.user("42").token()).isInstanceOf(TokenStoreException.class);
        itsWay.broken = false;
        time.advance(Duration.ofSeconds(1));
        CompletableFuture<AccessToken> waiting = sibling.user("42").tokenAsync();
        assertThatThrownBy(() -> waiting.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        store.broken = false;
        AccessToken served = patient(waiting);

        assertThat(served.hasSameValueAs(token)).isTrue();
        assertThat(server.tokenRequestCount()).isEqualTo(1);
        assertThat(server.killedFamilyCount()).isZero();
        sibling.close();
    }

    @Test
    void token_storeBackAgain_isWrittenWithoutAnybodyAsking() throws Exception {
        TokenSource user = signedIn("42");
        server.hold();
        CompletableFuture<AccessToken> flight = user.tokenAsync();
        server.awaitRequests(1);
        store.broken = true;
        server.release();
        flight.get(10, TimeUnit.SECONDS);
        time.awaitScheduled(1);
        store.broken = false;
        time.advance(Duration.ofSeconds(1));

        assertThat(store.writes.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.isActive(stored("42").refreshToken().orElseThrow().value()))
                .isTrue();
    }

    @Test
    void token_storeCannotBeRead_isATypedErrorThatPasses() throws Exception {
        signedIn("42");
        store.broken = true;
        TokenManager fresh = manager(store);
        assertThatThrownBy(() -> fresh.user("42").token())
                .asInstanceOf(type(TokenStoreException.class))
                .satisfies(e -> assertThat(e.isRetryable()).isTrue());
        store.broken = false;
        time.advance(Duration.ofSeconds(10));
        assertThat(server.isActive(fresh.user("42").token().value())).isTrue();
        fresh.close();
    }

    @Test
    void adopt_duringARefresh_wins() throws Exception {
        TokenSource user = signedIn("42");
        server.hold();
        CompletableFuture<AccessToken> flight = user.tokenAsync();
        server.awaitRequests(1);
        String again = server.issueRefreshToken(Fixtures.CLIENT_ID);
        tokens.adopt("42", RefreshToken.of(again));
        server.release();
        time.awaitScheduled(2);
        time.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> flight.get(10, TimeUnit.SECONDS)).hasMessageContaining("signed in or out");

        assertThat(server.isActive(user.token().value())).isTrue();
        assertThat(server.tokenRequests().get(1).parameter("refresh_token")).contains(again);
    }

    @Test
    void adopt_afterTheEnd_beginsAnew() throws Exception {
        TokenSource user = signedIn("42");
        server.revoke(stored("42").refreshToken().orElseThrow().value());
        reasonOf(user);

        assertThat(server.isActive(signedIn("42").token().value())).isTrue();
    }

    @Test
    void token_holderWokenLate_doesNotOverwriteTheNewer() throws Exception {
        // F-26: the first one is stopped while its answer is on the way; its lease runs out, and another takes over.
        server.refreshTokenGrace(Duration.ofMinutes(1));
        TokenSource user = signedIn("42");
        server.hold();
        CompletableFuture<AccessToken> late = user.tokenAsync();
        server.awaitRequests(1);
        store.leases = false;
        TokenManager other = manager(store);
        CompletableFuture<AccessToken> quick = other.user("42").tokenAsync();
        server.awaitRequests(2);
        server.release();
        quick.get(10, TimeUnit.SECONDS);
        late.get(10, TimeUnit.SECONDS);

        assertThat(server.isActive(stored("42").refreshToken().orElseThrow().value()))
                .isTrue();
        assertThat(server.killedFamilyCount()).isZero();
        other.close();
    }

    @Test
    void user_moreThanStayInMemory_areReadFromTheStoreAgain() throws Exception {
        TokenManager small =
                Fixtures.manager(server, time).store(store).residentSources(5).build();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            small.adopt("u" + i, RefreshToken.of(server.issueRefreshToken(Fixtures.CLIENT_ID)));
            values.add(small.user("u" + i).token().value());
        }
        System.gc();
        for (int i = 0; i < 100; i++) {
            assertThat(small.user("u" + i).token().value()).isEqualTo(values.get(i));
        }
        assertThat(server.tokenRequestCount()).isEqualTo(100);
        small.close();
    }

    @Test
    void user_evictedWithAnUnsavedToken_losesNothing() throws Exception {
        TokenManager small =
                Fixtures.manager(server, time).store(store).residentSources(1).build();
        small.adopt("42", RefreshToken.of(server.issueRefreshToken(Fixtures.CLIENT_ID)));
        server.hold();
        CompletableFuture<AccessToken> flight = small.user("42").tokenAsync();
        server.awaitRequests(1);
        store.broken = true;
        server.release();
        flight.get(10, TimeUnit.SECONDS);
        for (int i = 0; i < 50; i++) {
            small.user("other" + i);
        }
        System.gc();
        time.advance(LIFE);
        store.broken = false;

        assertThat(server.isActive(patient(small.user("42")).value())).isTrue();
        assertThat(server.killedFamilyCount()).isZero();
        small.close();
    }

    @Test
    void adopt_overAStateThatNobodyCanRead_replacesIt() throws Exception {
        store.damaged = true;
        TokenSource user = signedIn("42");
        assertThat(server.isActive(user.token().value())).isTrue();
        assertThat(events.of(TokenStoreFailed.class)).hasSize(1);
    }

    @Test
    void token_flightGivenUpWhileItsRequestIsOnTheWay_isNotSentASecondTime() throws Exception {
        server.refreshTokenGrace(Duration.ofMinutes(1));
        TokenManager hasty = Fixtures.manager(server)
                .store(store)
                .tokenTimeout(Duration.ofMillis(300))
                .retries(0)
                .build();
        hasty.adopt("42", RefreshToken.of(server.issueRefreshToken(Fixtures.CLIENT_ID)));
        server.hold();
        assertThatThrownBy(() -> hasty.user("42").token()).isInstanceOf(OAuthException.class);
        CompletableFuture<AccessToken> second = hasty.user("42").tokenAsync();
        assertThatThrownBy(() -> second.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(OAuthException.class);
        assertThat(server.tokenRequestCount()).isEqualTo(1);
        server.release();
        hasty.close();
        assertThat(server.isActive(stored("42").refreshToken().orElseThrow().value()))
                .isTrue();
    }

    @Test
    void save_wordThatItWasWrittenIsLost_theNextRotationStands() throws Exception {
        TokenSource user = signedIn("42");
        server.hold();
        CompletableFuture<AccessToken> flight = user.tokenAsync();
        server.awaitRequests(1);
        store.forgetful = true;
        server.release();
        flight.get(10, TimeUnit.SECONDS);
        store.forgetful = false;
        store.broken = true;
        server.hold();
        user.reject(user.token());
        CompletableFuture<AccessToken> next = user.tokenAsync();
        server.awaitRequests(2);
        store.broken = false;
        server.release();
        next.get(10, TimeUnit.SECONDS);

        assertThat(server.isActive(stored("42").refreshToken().orElseThrow().value()))
                .isTrue();
        assertThat(server.killedFamilyCount()).isZero();
    }

    @Test
    void close_refreshOnTheWay_landsAndIsStored() throws Exception {
        TokenSource user = signedIn("42");
        server.hold();
        CompletableFuture<AccessToken> flight = user.tokenAsync();
        server.awaitRequests(1);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(tokens::close, Fixtures.THREADS);
        assertThatThrownBy(() -> flight.get(5, TimeUnit.SECONDS)).hasMessageContaining("closed");
        server.release();
        closed.get(10, TimeUnit.SECONDS);

        assertThat(server.isActive(stored("42").refreshToken().orElseThrow().value()))
                .isTrue();
    }

    @Test
    void close_successorNotWrittenYet_isWrittenThen() throws Exception {
        TokenSource user = signedIn("42");
        server.hold();
        CompletableFuture<AccessToken> flight = user.tokenAsync();
        server.awaitRequests(1);
        store.broken = true;
        server.release();
        flight.get(10, TimeUnit.SECONDS);
        store.broken = false;
        tokens.close();

        assertThat(server.isActive(stored("42").refreshToken().orElseThrow().value()))
                .isTrue();
    }

    @Test
    void adopt_afterOneThatWaitsToBeWritten_stands() throws Exception {
        store.broken = true;
        signedIn("42");
        store.broken = false;
        String later = server.issueRefreshToken(Fixtures.CLIENT_ID);
        tokens.adopt("42", RefreshToken.of(later));
        time.advance(Duration.ofMinutes(1));

        assertThat(stored("42").refreshToken().orElseThrow().value()).isEqualTo(later);
    }

    @Test
    void signOut_thatCouldNotBeWritten_givesWayToALaterSignInElsewhere() throws Exception {
        signedIn("42");
        TokenManager other = manager(store);
        store.broken = true;
        tokens.signOut("42");
        store.broken = false;
        time.advance(Duration.ofMillis(500));
        String later = server.issueRefreshToken(Fixtures.CLIENT_ID);
        other.adopt("42", RefreshToken.of(later));
        tokens.close();
        other.close();

        assertThat(stored("42").refreshToken().orElseThrow().value()).isEqualTo(later);
    }

    @Test
    void signOut_storeCannotBeRead_signsOutAllTheSame() throws Exception {
        TokenSource user = signedIn("42");
        user.token();
        store.broken = true;
        tokens.signOut("42");
        assertThat(reasonOf(user)).isEqualTo(ReauthorizationReason.SIGNED_OUT);
        store.broken = false;
        tokens.close();
        assertThat(stored("42").ended()).contains(ReauthorizationReason.SIGNED_OUT);
    }

    @Test
    void signOut_duringARefresh_leavesNoTokenBehind() throws Exception {
        TokenSource user = signedIn("42");
        server.hold();
        CompletableFuture<AccessToken> flight = user.tokenAsync();
        server.awaitRequests(1);
        tokens.signOut("42");
        server.release();
        assertThatThrownBy(() -> flight.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(OAuthException.class);

        assertThat(reasonOf(user)).isEqualTo(ReauthorizationReason.SIGNED_OUT);
    }

    @Test
    void signOut_duringARefreshWhileTheStoreIsAway_stands() throws Exception {
        TokenSource user = signedIn("42");
        server.hold();
        CompletableFuture<AccessToken> flight = user.tokenAsync();
        server.awaitRequests(1);
        store.broken = true;
        tokens.signOut("42");
        server.release();
        assertThatThrownBy(() -> flight.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(OAuthException.class);
        store.broken = false;
        tokens.close();

        assertThat(stored("42").ended()).contains(ReauthorizationReason.SIGNED_OUT);
    }

    @Test
    void adopt_duringARefreshWhileTheStoreIsAway_stands() throws Exception {
        TokenSource user = signedIn("42");
        server.hold();
        CompletableFuture<AccessToken> flight = user.tokenAsync();
        server.awaitRequests(1);
        store.broken = true;
        String later = server.issueRefreshToken(Fixtures.CLIENT_ID);
        tokens.adopt("42", RefreshToken.of(later));
        server.release();
        patient(flight.handle((token, error) -> token));
        store.broken = false;
        time.advance(Duration.ofMinutes(1));

        assertThat(server.isActive(patient(user).value())).isTrue();
        assertThat(server.isActive(later))
                .as("the token of the later sign-in was not used")
                .isFalse();
    }

    @Test
    void token_siblingWasRefusedTheSpentToken_theSuccessorStillCounts() throws Exception {
        TokenSource user = signedIn("42");
        server.hold();
        CompletableFuture<AccessToken> flight = user.tokenAsync();
        server.awaitRequests(1);
        store.broken = true;
        server.release();
        flight.get(10, TimeUnit.SECONDS);
        store.broken = false;
        StoredToken present = stored("42");
        store.memory.compareAndSet(
                keyOf("42"),
                present.generation(),
                present.next()
                        .accessToken(null)
                        .ended(ReauthorizationReason.IN_DOUBT)
                        .build());
        time.advance(LIFE);

        assertThat(server.isActive(patient(user).value())).isTrue();
    }

    @Test
    void user_clientKeyOfAHeaderChanges_isStillSignedIn() throws Exception {
        signedIn("42");
        TokenManager changed = TokenManager.builder(Provider.builder(server.tokenEndpoint())
                        .tokenHeader("x-secret-key", "another")
                        .build())
                .clientId(Fixtures.CLIENT_ID)
                .signingKey(Fixtures.KEY)
                .scope("read")
                .clock(time)
                .ticker(time)
                .store(store)
                .build();
        assertThat(server.isActive(changed.user("42").token().value())).isTrue();
        changed.close();
    }

    @Test
    void reject_tokenOfTheSignIn_isReplaced() throws Exception {
        AccessToken first = AccessToken.of(
                "first",
                TokenType.BEARER,
                Scope.none(),
                time.instant(),
                time.instant().plus(LIFE));
        TokenSource user = tokens.adopt(
                "42",
                TokenResponse.builder(first.value())
                        .expiresIn(LIFE)
                        .refreshToken(RefreshToken.of(server.issueRefreshToken(Fixtures.CLIENT_ID)))
                        .build());
        assertThat(user.token().value()).isEqualTo("first");
        user.reject(user.token());
        assertThat(server.isActive(user.token().value())).isTrue();
    }

    @Test
    void token_withoutARefreshToken_livesToItsEnd() throws Exception {
        tokens.adopt("42", TokenResponse.builder("only").expiresIn(LIFE).build());
        time.advance(LIFE.minusSeconds(20));
        TokenManager restarted = manager(store);
        assertThat(restarted.user("42").token().value()).isEqualTo("only");
        time.advance(Duration.ofMinutes(2));
        assertThat(reasonOf(restarted.user("42"))).isEqualTo(ReauthorizationReason.EXPIRED);
        restarted.close();
    }

    @Test
    void user_sameId_isTheSameSource() {
        assertThat(tokens.user("42")).isSameAs(tokens.user("42")).isNotSameAs(tokens.user("43"));
    }

    @Test
    void user_blankId_isRefusedWithTheRemedy() {
        assertThatThrownBy(() -> tokens.user(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("userId");
    }
}
