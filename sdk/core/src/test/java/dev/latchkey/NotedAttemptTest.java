package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.error.ReauthorizationRequiredException;
import dev.latchkey.error.TokenStoreException;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.TokenKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** F-24: what others do between the look at the store, the lease and the note that a request begins. */
@Timeout(20)
class NotedAttemptTest {
    private static final String USER = "42";

    private final FakeTime time = new FakeTime();
    private final MemoryTokenStore memory = MemoryTokenStore.create();
    private final Interposed store = new Interposed();

    private FakeAuthorizationServer server;
    private TokenManager tokens;
    private TokenManager sibling;
    private TokenSource user;

    @BeforeEach
    void start() {
        server = FakeAuthorizationServer.start(time);
        Fixtures.register(server);
        server.tokenLife(Duration.ofMinutes(5));
        tokens = Fixtures.manager(server, time).retries(0).store(store).build();
        sibling = Fixtures.manager(server, time).retries(0).store(memory).build();
        user = tokens.adopt(USER, RefreshToken.of(server.issueRefreshToken(Fixtures.CLIENT_ID)));
    }

    @AfterEach
    void stop() {
        tokens.close();
        sibling.close();
        server.close();
    }

    private TokenKey key() {
        return TokenKey.of(server.tokenEndpoint(), Fixtures.CLIENT_ID, "refresh_token")
                .withSubject(USER);
    }

    private StoredToken stored() {
        return memory.load(key()).orElseThrow();
    }

    private ReauthorizationReason reason() {
        return catchThrowableOfType(ReauthorizationRequiredException.class, user::token)
                .reason();
    }

    /** A step that somebody else takes, or that goes wrong. */
    private interface Step {
        void run() throws TokenStoreException;
    }

    /** The memory store, with something that happens before a lease is given, before a note is written, or after. */
    private final class Interposed implements TokenStore {
        final List<String> calls = new CopyOnWriteArrayList<>();
        volatile Step beforeLease = () -> {};
        volatile Step beforeNote = () -> {};
        volatile Step afterNote = () -> {};

        @Override
        public Optional<StoredToken> load(TokenKey key) throws TokenStoreException {
            calls.add("load");
            return memory.load(key);
        }

        @Override
        public boolean compareAndSet(TokenKey key, long expected, StoredToken next) throws TokenStoreException {
            boolean note = next.attemptStartedAt().isPresent();
            calls.add(note ? "note" : "write");
            if (!note) {
                return memory.compareAndSet(key, expected, next);
            }
            beforeNote.run();
            boolean written = memory.compareAndSet(key, expected, next);
            afterNote.run();
            return written;
        }

        @Override
        public void remove(TokenKey key) throws TokenStoreException {
            memory.remove(key);
        }

        @Override
        public boolean lease(TokenKey key, String owner, Duration life) throws TokenStoreException {
            calls.add("lease");
            beforeLease.run();
            return memory.lease(key, owner, life);
        }

        @Override
        public void release(TokenKey key, String owner) throws TokenStoreException {
            calls.add("release");
            memory.release(key, owner);
        }
    }

    private static void fails() throws TokenStoreException {
        throw new TokenStoreException(ErrorDetails.builder("Token store", "the database is away")
                .remedy("Start it.")
                .retryable(true)
                .build());
    }

    private void siblingRotates() {
        try {
            sibling.user(USER).token();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertSiblingsTokenIsServed() throws Exception {
        AccessToken token = user.token();

        assertThat(token.hasSameValueAs(sibling.user(USER).token())).isTrue();
        assertThat(server.tokenRequestCount()).isEqualTo(1);
        assertThat(server.violations()).isEmpty();
    }

    @Test
    void token_nobodyComesBetween_looksAgainUnderTheLeaseAndBeforeTheSuccessor() throws Exception {
        store.calls.clear();
        user.token();

        assertThat(store.calls).containsExactly("load", "lease", "load", "note", "load", "write", "release");
        assertThat(stored().attemptStartedAt()).isEmpty();
    }

    @Test
    void token_siblingRotatesBeforeTheLease_itsTokenIsServed() throws Exception {
        store.beforeLease = this::siblingRotates;
        assertSiblingsTokenIsServed();
    }

    @Test
    void token_siblingRotatesBeforeTheLeaseAndNoNoteCanBeWritten_itsTokenIsServed() throws Exception {
        store.beforeLease = this::siblingRotates;
        store.beforeNote = NotedAttemptTest::fails;
        assertSiblingsTokenIsServed();
    }

    @Test
    void token_noNoteCanBeWritten_isRenewedAllTheSame() throws Exception {
        store.beforeNote = NotedAttemptTest::fails;

        assertThat(server.isActive(user.token().value())).isTrue();
        assertThat(stored().attemptStartedAt()).isEmpty();
        assertThat(server.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void token_wordThatTheNoteWasWrittenIsLost_isRenewedAndNoNoteStays() throws Exception {
        store.afterNote = NotedAttemptTest::fails;

        assertThat(server.isActive(user.token().value())).isTrue();
        assertThat(stored().attemptStartedAt()).isEmpty();
        assertThat(server.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void token_wordThatTheNoteWasWrittenIsLost_aRefusalIsNoDoubt() {
        store.afterNote = NotedAttemptTest::fails;
        server.revoke(stored().refreshToken().orElseThrow().value());

        assertThat(reason()).isEqualTo(ReauthorizationReason.REFUSED);
    }

    @Test
    void token_siblingDiesAfterItsNoteAndNoOtherCanBeWritten_aRefusalIsInDoubt() {
        store.beforeLease = () -> {
            store.beforeLease = () -> {};
            time.advance(Duration.ofSeconds(1));
            StoredToken noted = stored().next().attemptStartedAt(time.instant()).build();
            memory.compareAndSet(key(), 1, noted);
            time.advance(Duration.ofSeconds(1));
        };
        store.beforeNote = NotedAttemptTest::fails;
        server.revoke(stored().refreshToken().orElseThrow().value());

        assertThat(reason()).isEqualTo(ReauthorizationReason.IN_DOUBT);
    }

    @Test
    void token_personSignsOutElsewhereBeforeTheLease_nothingIsSent() {
        store.beforeLease = () -> {
            try {
                sibling.signOut(USER);
            } catch (OAuthException e) {
                throw new IllegalStateException(e);
            }
        };

        assertThat(reason()).isEqualTo(ReauthorizationReason.SIGNED_OUT);
        assertThat(server.tokenRequestCount()).isZero();
    }
}
