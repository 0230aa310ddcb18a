package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.store.StoredToken;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.TokenKey;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** F-24: what stands of a state that waits for the store, of what comes from it, and of what others decided meanwhile. */
@Timeout(20)
class UserStoreTest {
    private static final TokenKey KEY = TokenKey.of("https://auth.example.com/token", "client", "refresh_token")
            .withSubject("42");
    private static final RefreshToken FIRST = RefreshToken.of("first");
    private static final RefreshToken SECOND = RefreshToken.of("second");
    private static final RefreshToken THIRD = RefreshToken.of("third");
    private static final RefreshToken OF_ANOTHER_SIGN_IN = RefreshToken.of("of another sign-in");

    private final FakeTime time = new FakeTime();
    private final SwitchableStore store = new SwitchableStore();
    private final Engine engine = Fixtures.engine(time);
    private final UserStore users = new UserStore(new WatchedStore(store, engine), engine);

    /** The second token cannot be written, and is looked at while it waits. */
    private StoredToken waiting;

    @BeforeEach
    void outage() throws Exception {
        store.memory.compareAndSet(KEY, 0, state(1, FIRST));
        StoredToken first = users.load(KEY).orElseThrow();
        store.broken = true;
        users.save(KEY, first.next().refreshToken(SECOND, null).build(), FIRST);
        waiting = users.load(KEY).orElseThrow();
    }

    private StoredToken state(long generation, RefreshToken token) {
        return StoredToken.builder(generation)
                .refreshToken(token, null)
                .signedInAt(time.instant())
                .build();
    }

    private void assertStored(RefreshToken token) {
        assertThat(store.memory.load(KEY)).hasValueSatisfying(stored -> {
            assertThat(stored.refreshToken())
                    .hasValueSatisfying(
                            found -> assertThat(found.hasSameValueAs(token)).isTrue());
            assertThat(stored.attemptStartedAt()).isEmpty();
        });
    }

    @Test
    void note_storeIsStillAway_waitsWithTheState() throws Exception {
        assertThat(users.note(KEY, waiting, time.instant())).isTrue();

        assertThat(users.load(KEY)).hasValueSatisfying(state -> {
            assertThat(state.refreshToken())
                    .hasValueSatisfying(
                            token -> assertThat(token.hasSameValueAs(SECOND)).isTrue());
            assertThat(state.attemptStartedAt()).contains(time.instant());
        });
    }

    @Test
    void note_signInElsewhereWasWrittenMeanwhile_leavesIt() throws Exception {
        // Of the same generation as what waits would have had.
        store.memory.compareAndSet(KEY, 1, state(2, OF_ANOTHER_SIGN_IN));
        store.broken = false;
        users.flush();

        assertThat(users.isUnsaved(KEY)).isFalse();
        assertThat(users.note(KEY, waiting, time.instant())).isFalse();
        assertStored(OF_ANOTHER_SIGN_IN);
    }

    @Test
    void save_signOutWaitsThatCameDuringTheRequest_leavesIt() throws Exception {
        Instant now = time.instant().plusSeconds(1);
        StoredToken signedOut = StoredToken.builder(1)
                .ended(ReauthorizationReason.SIGNED_OUT)
                .signedInAt(now)
                .build();
        users.decide(KEY, signedOut, now);
        StoredToken stands = users.save(
                        KEY, waiting.next().refreshToken(THIRD, null).build(), SECOND)
                .stands();

        assertThat(stands.ended()).contains(ReauthorizationReason.SIGNED_OUT);
        store.broken = false;
        users.flush();
        assertThat(store.memory.load(KEY).flatMap(StoredToken::ended)).contains(ReauthorizationReason.SIGNED_OUT);
    }

    @Test
    void save_signInWaitsThatCameDuringTheRequest_leavesIt() throws Exception {
        Instant now = time.instant().plusSeconds(1);
        users.decide(KEY, state(1, OF_ANOTHER_SIGN_IN), now);
        users.save(KEY, waiting.next().refreshToken(THIRD, null).build(), SECOND);
        store.broken = false;
        users.flush();

        assertStored(OF_ANOTHER_SIGN_IN);
    }

    @Test
    void note_signOutWaitsThatCameMeanwhile_nothingIsToBeSent() throws Exception {
        store.broken = false;
        users.flush();
        StoredToken stored = users.load(KEY).orElseThrow();
        store.broken = true;
        users.decide(KEY, state(1, OF_ANOTHER_SIGN_IN), time.instant());

        assertThat(users.note(KEY, stored, time.instant())).isFalse();
        store.broken = false;
        assertThat(users.note(KEY, stored, time.instant())).isFalse();
    }

    @Test
    void decide_wordThatItWasWrittenIsLostAndASiblingRenewsIt_leavesTheSuccessor() throws Exception {
        store.broken = false;
        store.forgetful = true;
        users.decide(KEY, state(1, OF_ANOTHER_SIGN_IN), time.instant());
        store.forgetful = false;
        StoredToken written = store.memory.load(KEY).orElseThrow();
        store.memory.compareAndSet(
                KEY,
                written.generation(),
                written.next().refreshToken(THIRD, null).build());
        users.flush();

        assertThat(users.isUnsaved(KEY)).isFalse();
        assertStored(THIRD);
    }

    @Test
    void decide_thatWasNotWritten_replacesASignInOfTheSameInstant() throws Exception {
        store.broken = false;
        store.full = true;
        users.decide(KEY, state(1, OF_ANOTHER_SIGN_IN), time.instant());
        store.full = false;
        users.flush();

        assertStored(OF_ANOTHER_SIGN_IN);
    }

    @Test
    void note_whatWaitedWasWrittenMeanwhile_looksAgain() throws Exception {
        store.broken = false;
        users.flush();

        assertThat(users.note(KEY, waiting, time.instant())).isFalse();
        assertStored(SECOND);
        assertThat(users.note(KEY, users.load(KEY).orElseThrow(), time.instant()))
                .isTrue();
    }
}
