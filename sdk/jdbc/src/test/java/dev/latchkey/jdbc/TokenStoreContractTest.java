package dev.latchkey.jdbc;

import static dev.latchkey.jdbc.Fixtures.ALICE;
import static dev.latchkey.jdbc.Fixtures.BOB;
import static dev.latchkey.jdbc.Fixtures.end;
import static dev.latchkey.jdbc.Fixtures.everything;
import static dev.latchkey.jdbc.Fixtures.race;
import static dev.latchkey.jdbc.Fixtures.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenStore;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenKey;
import dev.latchkey.token.TokenType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link TokenStore} promises, on each database, with a store for every process (F-24, F-25, F-26). */
@Timeout(60)
@ParameterizedClass
@EnumSource(Engine.class)
class TokenStoreContractTest {
    private static final Duration LIFE = Duration.ofSeconds(30);

    private final Engine engine;
    private final String table = Engine.freshTable();
    private TokenStore store;
    private TokenStore sibling;

    TokenStoreContractTest(Engine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() throws IOException {
        store = engine.store(table);
        sibling = engine.store(table);
    }

    @Test
    void load_nothingStored_isEmpty() throws Exception {
        assertThat(store.load(ALICE)).isEmpty();
    }

    @Test
    void load_ofASibling_givesEveryField() throws Exception {
        assertThat(store.compareAndSet(ALICE, 0, token(1))).isTrue();
        assertThat(store.compareAndSet(BOB, 0, end(7))).isTrue();

        assertThat(sibling.load(ALICE).map(Fixtures::everything)).contains(everything(token(1)));
        assertThat(sibling.load(BOB).map(Fixtures::everything)).contains(everything(end(7)));
    }

    @Test
    void compareAndSet_expectedGeneration_isReplaced() throws Exception {
        store.compareAndSet(ALICE, 0, token(1));

        assertThat(sibling.compareAndSet(ALICE, 1, token(2))).isTrue();

        assertThat(generation(ALICE)).isEqualTo(2);
    }

    /** F-26: who slept through a write does no harm. */
    @Test
    void compareAndSet_anotherGeneration_changesNothing() throws Exception {
        store.compareAndSet(ALICE, 0, token(1));
        store.compareAndSet(ALICE, 1, token(5));

        assertThat(sibling.compareAndSet(ALICE, 0, token(9))).isFalse();
        assertThat(sibling.compareAndSet(ALICE, 1, token(2))).isFalse();
        assertThat(sibling.compareAndSet(ALICE, 4, token(6))).isFalse();
        assertThat(sibling.compareAndSet(ALICE, 6, token(7))).isFalse();
        assertThat(sibling.compareAndSet(BOB, 1, token(2))).isFalse();

        assertThat(generation(ALICE)).isEqualTo(5);
        assertThat(store.load(BOB)).isEmpty();
    }

    @Test
    void compareAndSet_generationThatDoesNotRise_isRefused() throws Exception {
        store.compareAndSet(ALICE, 0, token(5));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.compareAndSet(ALICE, 5, token(5)))
                .withMessageContaining("next()");
        assertThatIllegalArgumentException().isThrownBy(() -> store.compareAndSet(ALICE, 5, token(4)));

        assertThat(generation(ALICE)).isEqualTo(5);
    }

    @Test
    void compareAndSet_firstWriteOfEight_hasOneWinner() throws Exception {
        assertThat(race(8, () -> store.compareAndSet(ALICE, 0, token(1)))).containsOnlyOnce(true);
    }

    @Test
    void compareAndSet_eightThreads_loseNoUpdate() throws Exception {
        int each = engine == Engine.POSTGRESQL ? 200 : 20;
        store.compareAndSet(ALICE, 0, token(1));

        race(8, () -> {
            for (int i = 0; i < each; i++) {
                increment();
            }
            return true;
        });

        assertThat(generation(ALICE)).isEqualTo(1 + 8 * each);
    }

    private void increment() throws IOException {
        StoredToken present;
        do {
            present = store.load(ALICE).orElseThrow();
        } while (!store.compareAndSet(
                ALICE, present.generation(), present.next().build()));
    }

    @Test
    void lease_heldBySomebody_isRefusedToOthers() throws Exception {
        assertThat(store.lease(ALICE, "one", LIFE)).isTrue();

        assertThat(sibling.lease(ALICE, "two", LIFE)).isFalse();
        assertThat(store.lease(ALICE, "one", LIFE)).as("kept for longer").isTrue();
        assertThat(sibling.lease(BOB, "two", LIFE)).as("another key").isTrue();
    }

    @Test
    void lease_eightRacers_haveOneWinner() throws Exception {
        for (int round = 0; round < 10; round++) {
            TokenKey key = ALICE.withSubject("round " + round);
            assertThat(race(8, () -> store.lease(key, UUID.randomUUID().toString(), LIFE)))
                    .containsOnlyOnce(true);
        }
    }

    @Test
    void lease_eightRacersForOneThatRanOut_haveOneWinner() throws Exception {
        store.lease(ALICE, "dead", LIFE);
        engine.pool().execute("update " + table + " set lease_until = current_timestamp - interval '1' second");

        assertThat(race(8, () -> store.lease(ALICE, UUID.randomUUID().toString(), LIFE)))
                .containsOnlyOnce(true);
    }

    /** F-25: nobody asks the holder, the clock of the database decides. */
    @Test
    void lease_ofAHolderThatDied_isFreeWhenItsTimeIsOver() throws Exception {
        store.lease(ALICE, "dead", Duration.ofMillis(300));

        assertThat(sibling.lease(ALICE, "two", LIFE)).isFalse();
        boolean taken = false;
        while (!taken) {
            taken = sibling.lease(ALICE, "two", LIFE);
        }

        assertThat(store.lease(ALICE, "dead", LIFE)).isFalse();
    }

    @Test
    void lease_itsEnd_isCountedFromTheClockOfTheDatabase() throws Exception {
        store.lease(ALICE, "one", LIFE);

        String left =
                "select count(*) from " + table + " where lease_until between current_timestamp + interval '20' second"
                        + " and current_timestamp + interval '30' second";
        assertThat(engine.pool().query(left)).containsExactly("1");
    }

    @Test
    void lease_lives_areBounded() throws Exception {
        assertThatIllegalArgumentException().isThrownBy(() -> store.lease(ALICE, "one", Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> store.lease(ALICE, "one", Duration.ofNanos(-1)));

        assertThat(store.lease(ALICE, "one", Duration.ofNanos(1))).isTrue();
        assertThat(store.lease(BOB, "one", Duration.ofSeconds(Long.MAX_VALUE))).isTrue();

        assertThat(sibling.lease(BOB, "two", LIFE)).isFalse();
    }

    @Test
    void release_byItsOwner_freesTheLease() throws Exception {
        store.lease(ALICE, "one", LIFE);

        store.release(ALICE, "one");

        assertThat(sibling.lease(ALICE, "two", LIFE)).isTrue();
    }

    @Test
    void release_bySomebodyElse_isNothing() throws Exception {
        store.lease(ALICE, "one", LIFE);

        sibling.release(ALICE, "two");
        sibling.release(BOB, "two");

        assertThat(sibling.lease(ALICE, "two", LIFE)).isFalse();
    }

    @Test
    void lease_ofAKeyNeverStored_leavesNoTokenBehind() throws Exception {
        store.lease(ALICE, "one", LIFE);

        assertThat(sibling.load(ALICE)).isEmpty();
        assertThat(sibling.compareAndSet(ALICE, 3, token(4))).isFalse();
        assertThat(store.compareAndSet(ALICE, 0, token(1))).isTrue();

        assertThat(generation(ALICE)).isEqualTo(1);
        assertThat(sibling.lease(ALICE, "two", LIFE))
                .as("a write keeps the lease")
                .isFalse();
        store.release(ALICE, "one");
        assertThat(generation(ALICE)).isEqualTo(1);
    }

    @Test
    void lease_ofAStoredKey_keepsTheToken() throws Exception {
        store.compareAndSet(ALICE, 0, token(3));

        assertThat(sibling.lease(ALICE, "two", LIFE)).isTrue();

        assertThat(store.load(ALICE).map(Fixtures::everything)).contains(everything(token(3)));
    }

    @Test
    void cleaning_rowsThatEndedADayAgo_areForgotten() throws Exception {
        store.compareAndSet(ALICE, 0, end(4));
        store.compareAndSet(BOB, 0, token(4));
        store.lease(ALICE.withSubject("never stored"), "one", LIFE);
        store.release(ALICE.withSubject("never stored"), "one");
        store.compareAndSet(
                ALICE.withSubject("without tokens"), 0, StoredToken.builder(1).build());
        makeOld();
        store.compareAndSet(ALICE.withSubject("ended today"), 0, end(1));

        engine.store(table).compareAndSet(BOB, 4, token(5));

        assertThat(store.load(ALICE)).isEmpty();
        assertThat(generation(BOB)).isEqualTo(5);
        assertThat(store.load(ALICE.withSubject("ended today"))).isPresent();
        assertThat(engine.pool().query("select count(*) from " + table)).containsExactly("2");
    }

    @Test
    void cleaning_tokensThatNothingRenews_areForgottenOnceTheyAreOver() throws Exception {
        store.compareAndSet(ALICE, 0, ofClient(Duration.ofHours(1)));
        store.compareAndSet(ALICE.withSubject("lives on"), 0, ofClient(Duration.ofDays(30)));
        makeOld();

        engine.store(table).compareAndSet(BOB, 0, ofClient(Duration.ofHours(1)));

        assertThat(store.load(ALICE)).isEmpty();
        assertThat(store.load(ALICE.withSubject("lives on"))).isPresent();
        assertThat(store.load(BOB)).isPresent();
    }

    private static StoredToken ofClient(Duration life) {
        Instant now = Instant.now();
        return StoredToken.of(AccessToken.of("canary", TokenType.BEARER, Scope.of("a"), now, now.plus(life)), 1);
    }

    @Test
    void cleaning_rowsWithALease_arePassedOver() throws Exception {
        store.compareAndSet(ALICE, 0, end(4));
        makeOld();
        store.lease(ALICE, "one", LIFE);

        engine.store(table).compareAndSet(BOB, 0, token(1));

        assertThat(generation(ALICE)).isEqualTo(4);
    }

    @Test
    void cleaning_manyRows_isBounded() throws Exception {
        engine.pool()
                .execute("insert into " + table + " (id, generation, ended, updated_at)"
                        + " select cast(n as varchar), 1, true, current_timestamp from " + series(250));
        makeOld();

        engine.store(table).compareAndSet(BOB, 0, token(1));

        assertThat(engine.pool().query("select count(*) from " + table + " where ended"))
                .containsExactly("50");
    }

    private String series(int count) {
        return engine == Engine.POSTGRESQL
                ? "generate_series(1, " + count + ") as n"
                : "(select x as n from system_range(1, " + count + "))";
    }

    private void makeOld() {
        engine.pool().execute("update " + table + " set updated_at = current_timestamp - interval '25' hour");
    }

    private long generation(TokenKey key) throws IOException {
        return store.load(key).orElseThrow().generation();
    }
}
