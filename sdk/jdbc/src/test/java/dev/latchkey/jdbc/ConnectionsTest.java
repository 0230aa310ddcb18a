package dev.latchkey.jdbc;

import static dev.latchkey.jdbc.Fixtures.ALICE;
import static dev.latchkey.jdbc.Fixtures.BOB;
import static dev.latchkey.jdbc.Fixtures.race;
import static dev.latchkey.jdbc.Fixtures.storeOn;
import static dev.latchkey.jdbc.Fixtures.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections are borrowed as they come, for one statement, and given back as they were. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Engine.class)
class ConnectionsTest {
    private static final Duration LIFE = Duration.ofSeconds(30);

    private final Engine engine;
    private final String table = Engine.freshTable();

    ConnectionsTest(Engine engine) {
        this.engine = engine;
    }

    @AfterEach
    void interrupts_ofTheTest_areOver() {
        Thread.interrupted();
    }

    @Test
    void calls_each_takeOneConnectionAndGiveItBack() throws Exception {
        SmallPool pool = new SmallPool(engine.source());
        TokenStore store = storeOn(pool, table).createSchema().build();
        store.compareAndSet(ALICE, 0, token(1));
        int before = pool.handedOut();

        store.load(ALICE);
        store.compareAndSet(ALICE, 1, token(2));
        store.lease(ALICE, "one", LIFE);
        store.release(ALICE, "one");

        assertThat(pool.handedOut() - before).isEqualTo(4);
        assertThat(pool.connectionsOut()).isZero();
        assertThat(pool.idle()).hasSize(1);
    }

    @Test
    void calls_thatFail_giveTheConnectionBack() throws Exception {
        SmallPool pool = new SmallPool(engine.source(), connection -> connection.setAutoCommit(false));
        TokenStore store = storeOn(pool, table).createSchema().build();
        engine.pool().execute("drop table " + table);

        assertThatThrownBy(() -> store.load(ALICE)).isInstanceOf(TokenStoreException.class);
        assertThatThrownBy(() -> store.compareAndSet(ALICE, 0, token(1))).isInstanceOf(TokenStoreException.class);
        assertThatThrownBy(() -> store.lease(ALICE, "one", LIFE)).isInstanceOf(TokenStoreException.class);
        assertThatThrownBy(() -> store.release(ALICE, "one")).isInstanceOf(TokenStoreException.class);

        assertThat(pool.connectionsOut()).isZero();
        assertThat(autoCommits(pool)).containsExactly(false);
    }

    @Test
    void autoCommitOff_eachCallIsCommitted_andTheSettingRestored() throws Exception {
        SmallPool pool = new SmallPool(engine.source(), connection -> connection.setAutoCommit(false));
        TokenStore store = storeOn(pool, table).createSchema().build();
        TokenStore other = storeOn(engine.pool(), table).build();

        assertThat(store.compareAndSet(ALICE, 0, token(1))).isTrue();
        assertThat(store.lease(BOB, "one", LIFE)).isTrue();

        assertThat(other.load(ALICE)).isPresent();
        assertThat(other.lease(BOB, "two", LIFE)).isFalse();
        store.release(BOB, "one");
        assertThat(other.lease(BOB, "two", LIFE)).isTrue();
        assertThat(autoCommits(pool)).containsOnly(false);
        assertThat(openTransactions()).containsExactly("0");
        close(pool);
    }

    private List<String> openTransactions() {
        return engine.pool()
                .query(
                        engine == Engine.POSTGRESQL
                                ? "select count(*) from pg_stat_activity where state like 'idle in transaction%'"
                                : "select count(*) from information_schema.sessions where contains_uncommitted");
    }

    private static List<Boolean> autoCommits(SmallPool pool) {
        return pool.idle().stream().map(ConnectionsTest::autoCommit).toList();
    }

    private static boolean autoCommit(Connection connection) {
        try {
            return connection.getAutoCommit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void isolation_ofThePool_doesNotMatter() throws Exception {
        for (int level : List.of(
                Connection.TRANSACTION_READ_UNCOMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_SERIALIZABLE)) {
            String fresh = Engine.freshTable();
            SmallPool pool = new SmallPool(engine.source(), connection -> connection.setTransactionIsolation(level));
            race(4, () -> storeOn(pool, fresh).createSchema().build());
            TokenStore store = storeOn(pool, fresh).build();
            store.compareAndSet(ALICE, 0, token(1));

            race(6, () -> {
                for (int i = 0; i < 15; i++) {
                    increment(store);
                }
                return true;
            });

            assertThat(store.load(ALICE).orElseThrow().generation()).isEqualTo(1 + 6 * 15);
            assertThat(race(8, () -> store.lease(ALICE, UUID.randomUUID().toString(), LIFE)))
                    .containsOnlyOnce(true);
            assertThat(race(8, () -> store.lease(BOB, UUID.randomUUID().toString(), LIFE)))
                    .containsOnlyOnce(true);
            assertThat(race(8, () -> store.compareAndSet(BOB, 0, token(1)))).containsOnlyOnce(true);
            assertThat(race(16, () -> leasesOfItsOwn(store))).containsOnly(true);
            for (Connection connection : pool.idle()) {
                assertThat(connection.getTransactionIsolation()).isEqualTo(level);
            }
            close(pool);
        }
    }

    /** Statements of others on other rows of the table must not make one fail. */
    private static boolean leasesOfItsOwn(TokenStore store) throws TokenStoreException {
        String own = UUID.randomUUID().toString();
        boolean all = true;
        for (int i = 0; i < 10; i++) {
            all &= store.lease(ALICE.withSubject(own + i), own, LIFE);
        }
        return all;
    }

    private static void increment(TokenStore store) throws TokenStoreException {
        StoredToken present;
        do {
            present = store.load(ALICE).orElseThrow();
        } while (!store.compareAndSet(
                ALICE, present.generation(), present.next().build()));
    }

    private static void close(SmallPool pool) throws SQLException {
        for (Connection connection : pool.idle()) {
            connection.close();
        }
    }

    /** F-31: what is written is written, and the interrupt is still there for whoever it was meant for. */
    @Test
    void interrupt_ofTheCaller_losesNothing() throws Exception {
        TokenStore store = engine.store(table);

        for (int i = 0; i < 50; i++) {
            Thread.currentThread().interrupt();
            assertThat(store.lease(ALICE, "one", LIFE)).isTrue();
            assertThat(store.compareAndSet(ALICE, i, token(i + 1))).isTrue();
            store.release(ALICE, "one");
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(store.load(ALICE).orElseThrow().generation()).isEqualTo(50);
        assertThat(store.lease(ALICE, "two", LIFE)).isTrue();
    }
}
