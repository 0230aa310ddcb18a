package dev.latchkey.store;

import static dev.latchkey.store.StoreFixtures.ALICE;
import static dev.latchkey.store.StoreFixtures.BOB;
import static dev.latchkey.store.StoreFixtures.full;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.internal.time.Time;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenKey;
import dev.latchkey.token.TokenType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The store that ends with its process keeps the same promises as the others. */
@Timeout(20)
class MemoryTokenStoreTest {
    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final int WRITES_BEFORE_CLEANING = 1000;

    private final FakeTime time = new FakeTime();
    private final MemoryTokenStore store =
            new MemoryTokenStore(Time.system().withClock(time).withTicker(time));

    private static TokenKey key(String name) {
        return ALICE.withSubject(name);
    }

    private static AccessToken token(Instant from, Duration life) {
        return AccessToken.of("t", TokenType.BEARER, Scope.none(), from, from.plus(life));
    }

    @Test
    void load_ofWhatWasWritten_givesIt() {
        StoredToken written = full(1);

        assertThat(store.load(ALICE)).isEmpty();
        assertThat(store.compareAndSet(ALICE, 0, written)).isTrue();
        assertThat(store.load(ALICE)).containsSame(written);
        assertThat(store.load(BOB)).isEmpty();
        assertThat(MemoryTokenStore.create().load(ALICE)).isEmpty();
    }

    @Test
    void compareAndSet_ofAnotherGenerationThanStored_writesNothing() {
        assertThat(store.compareAndSet(ALICE, 1, full(2))).isFalse();
        assertThat(store.load(ALICE)).isEmpty();
        assertThat(store.compareAndSet(ALICE, 0, full(5))).isTrue();

        assertThat(store.compareAndSet(ALICE, 0, full(1))).isFalse();
        assertThat(store.compareAndSet(ALICE, 4, full(9))).isFalse();
        assertThat(store.compareAndSet(ALICE, 6, full(9))).isFalse();
        assertThat(store.load(ALICE).orElseThrow().generation()).isEqualTo(5);
        assertThat(store.compareAndSet(ALICE, 5, full(6))).isTrue();
        assertThat(store.load(ALICE).orElseThrow().generation()).isEqualTo(6);
    }

    @Test
    void compareAndSet_ofALowerOrTheSameGeneration_isMisuse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.compareAndSet(ALICE, 5, full(5)))
                .withMessageStartingWith("next: ");
        assertThatIllegalArgumentException().isThrownBy(() -> store.compareAndSet(ALICE, 5, full(4)));
    }

    @Test
    void remove_ofWhatIsThere_leavesNothing() {
        store.compareAndSet(ALICE, 0, full(1));
        store.compareAndSet(BOB, 0, full(1));

        store.remove(ALICE);

        assertThat(store.load(ALICE)).isEmpty();
        assertThat(store.load(BOB)).isPresent();
        assertThat(store).hasToString("MemoryTokenStore[1 keys]");
    }

    @Test
    void lease_ofAnother_isRefusedUntilItRunsOut() {
        assertThat(store.lease(ALICE, "me", LIFE)).isTrue();
        assertThat(store.lease(ALICE, "other", LIFE)).isFalse();
        assertThat(store.lease(BOB, "other", LIFE)).isTrue();
        time.advance(LIFE.minusNanos(1));
        assertThat(store.lease(ALICE, "other", LIFE)).isFalse();
        time.advance(Duration.ofNanos(1));
        assertThat(store.lease(ALICE, "other", LIFE)).isTrue();
        assertThat(store.lease(ALICE, "me", LIFE)).isFalse();
    }

    @Test
    void lease_ofOneself_isKeptForLonger() {
        store.lease(ALICE, "me", LIFE);
        time.advance(LIFE.minusNanos(1));

        assertThat(store.lease(ALICE, "me", LIFE)).isTrue();
        time.advance(LIFE.minusNanos(1));
        assertThat(store.lease(ALICE, "other", LIFE)).isFalse();
    }

    @Test
    void lease_givenBack_isFree_butOnlyByItsOwner() {
        store.lease(ALICE, "me", LIFE);

        store.release(ALICE, "other");
        assertThat(store.lease(ALICE, "other", LIFE)).isFalse();
        store.release(ALICE, "me");
        assertThat(store.lease(ALICE, "other", LIFE)).isTrue();
    }

    @Test
    void expiredTokensOfTheClient_afterManyWrites_areDropped_andNothingElse() {
        Instant now = time.instant();
        store.compareAndSet(key("over"), 0, StoredToken.of(token(now, Duration.ofSeconds(10)), 1));
        store.compareAndSet(key("live"), 0, StoredToken.of(token(now, Duration.ofHours(1)), 1));
        store.compareAndSet(
                key("user"),
                0,
                StoredToken.builder(1)
                        .accessToken(token(now, Duration.ofSeconds(10)))
                        .refreshToken(RefreshToken.of("r"), null)
                        .build());
        store.compareAndSet(
                key("gone"),
                0,
                StoredToken.builder(1)
                        .accessToken(token(now, Duration.ofSeconds(10)))
                        .ended(ReauthorizationReason.SIGNED_OUT)
                        .build());
        store.compareAndSet(key("nothing"), 0, StoredToken.builder(1).build());
        time.advance(Duration.ofSeconds(11));

        for (int writes = 5; writes < WRITES_BEFORE_CLEANING - 1; writes++) {
            store.compareAndSet(BOB, 5, full(9));
        }
        assertThat(store.load(key("over"))).as("before").isPresent();
        store.compareAndSet(BOB, 5, full(9));

        assertThat(store.load(key("over"))).isEmpty();
        for (String kept : new String[] {"live", "user", "gone", "nothing"}) {
            assertThat(store.load(key(kept))).as(kept).isPresent();
        }
    }
}
