package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.TokenStoreException;
import dev.latchkey.event.TokenStoreFailed;
import dev.latchkey.provider.Provider;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.TokenKey;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SharingFlowTest {
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

    private TokenManager manager(TokenStore store) {
        return Fixtures.manager(server)
                .clock(time)
                .ticker(time)
                .store(store)
                .eventListener(events)
                .build();
    }

    @Test
    void token_eightManagersOfOneStore_oneRequest() throws Exception {
        MemoryTokenStore store = MemoryTokenStore.create();
        server.hold();
        List<CompletableFuture<AccessToken>> served = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            served.add(manager(store).tokenAsync());
        }
        server.awaitRequests(1);
        server.release();

        AccessToken first = served.get(0).get(10, TimeUnit.SECONDS);
        for (CompletableFuture<AccessToken> token : served) {
            assertThat(token.get(10, TimeUnit.SECONDS).hasSameValueAs(first)).isTrue();
        }
        assertThat(server.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void token_siblingRefreshed_isTakenFromTheStore() throws Exception {
        server.tokenLife(Duration.ofMinutes(5));
        MemoryTokenStore store = MemoryTokenStore.create();
        try (TokenManager one = manager(store);
                TokenManager other = manager(store)) {
            AccessToken old = one.token();
            assertThat(other.token()).isSameAs(old);
            time.advance(Duration.ofMinutes(5));

            AccessToken renewed = one.token();

            assertThat(other.token()).isSameAs(renewed).isNotSameAs(old);
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void reject_storedToken_isNotTakenAgain() throws Exception {
        MemoryTokenStore store = MemoryTokenStore.create();
        try (TokenManager tokens = manager(store)) {
            AccessToken refused = tokens.token();
            tokens.reject(refused);

            assertThat(tokens.token().hasSameValueAs(refused)).isFalse();
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void token_otherAudienceOfOneStore_isAnotherToken() throws Exception {
        // V-22, R-54: whatever a provider adds to its requests tells tokens apart.
        MemoryTokenStore store = MemoryTokenStore.create();
        try (TokenManager one = audience("https://one.example", store);
                TokenManager other = audience("https://other.example", store)) {
            assertThat(one.token().hasSameValueAs(other.token())).isFalse();
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
    }

    private TokenManager audience(String audience, TokenStore store) {
        return TokenManager.builder(Provider.builder(server.tokenEndpoint())
                        .tokenParameter("audience", audience)
                        .build())
                .clientId(Fixtures.CLIENT_ID)
                .signingKey(Fixtures.KEY)
                .clock(time)
                .ticker(time)
                .store(store)
                .build();
    }

    @Test
    void token_storeThrowsAnything_isServedWithoutIt() throws Exception {
        TokenStore store = (TokenStore) Proxy.newProxyInstance(
                TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                    throw new IllegalArgumentException("driver is not loaded");
                });
        try (TokenManager tokens = manager(store)) {
            assertThat(tokens.token()).isNotNull();
            assertThat(events.of(TokenStoreFailed.class)).hasSize(1);
        }
    }

    @Test
    void builder_usedAgain_leavesTheFirstManagerAlone() throws Exception {
        TokenManager.Builder builder =
                Fixtures.manager(server).clock(time).ticker(time).eventListener(events);
        try (TokenManager first = builder.build();
                TokenManager second = builder.store(new BrokenStore()).build()) {
            first.scope("a").token();
            assertThat(events.of(TokenStoreFailed.class)).isEmpty();
            second.scope("a").token();
            assertThat(events.of(TokenStoreFailed.class)).hasSize(1);
        }
    }

    @Test
    void token_entryThatNobodyCanRead_isReplaced() throws Exception {
        SwitchableStore store = new SwitchableStore();
        store.damaged = true;
        try (TokenManager one = manager(store);
                TokenManager other = manager(store)) {
            AccessToken token = one.token();

            assertThat(other.token().hasSameValueAs(token)).isTrue();
            assertThat(server.tokenRequestCount()).isEqualTo(1);
            assertThat(events.of(TokenStoreFailed.class)).hasSize(1);
        }
    }

    @Test
    void token_storeDown_isServedWithoutIt() throws Exception {
        try (TokenManager tokens = manager(new BrokenStore())) {
            assertThat(tokens.token()).isNotNull();
            assertThat(events.of(TokenStoreFailed.class)).hasSize(1);
        }
    }

    @Test
    void token_requestFails_givesTheLeaseBack() throws Exception {
        MemoryTokenStore store = MemoryTokenStore.create();
        try (TokenManager failing = Fixtures.manager(server)
                        .clientId("unknown")
                        .store(store)
                        .build();
                TokenManager other = Fixtures.manager(server)
                        .clientId("unknown")
                        .store(store)
                        .build()) {
            failing.tokenAsync().handle((token, error) -> error).get();

            Throwable error =
                    other.tokenAsync().handle((token, failure) -> failure).get(5, TimeUnit.SECONDS);

            assertThat(error).isNotNull();
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
    }

    private static final class BrokenStore implements TokenStore {
        private static TokenStoreException broken() {
            return new TokenStoreException(
                    ErrorDetails.builder("Token store", "is down").build());
        }

        @Override
        public Optional<StoredToken> load(TokenKey key) throws TokenStoreException {
            throw broken();
        }

        @Override
        public boolean compareAndSet(TokenKey key, long expected, StoredToken next) throws TokenStoreException {
            throw broken();
        }

        @Override
        public void remove(TokenKey key) throws TokenStoreException {
            throw broken();
        }

        @Override
        public boolean lease(TokenKey key, String owner, Duration life) throws TokenStoreException {
            throw broken();
        }

        @Override
        public void release(TokenKey key, String owner) throws TokenStoreException {
            throw broken();
        }
    }
}
