package dev.latchkey.jdbc;

import static dev.latchkey.jdbc.Fixtures.ALICE;
import static dev.latchkey.jdbc.Fixtures.BOB;
import static dev.latchkey.jdbc.Fixtures.storeOn;
import static dev.latchkey.jdbc.Fixtures.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.store.TokenStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a real PostgreSQL refuses becomes one typed exception that says what to do (F-28). A full disk cannot be had here. */
@Timeout(60)
class FailuresTest {
    private static final Duration LIFE = Duration.ofSeconds(30);

    private final SmallPool pool = Engine.POSTGRESQL.pool();
    private final String table = Engine.freshTable();

    @Test
    void readOnlyDatabase_reads_andRefusesToWrite() throws Exception {
        Engine.POSTGRESQL.store(table).compareAndSet(ALICE, 0, token(1));
        SmallPool replica = new SmallPool(
                Engine.postgres().getPostgresDatabase()::getConnection,
                c -> execute(c, "set default_transaction_read_only = on"));
        TokenStore store = storeOn(replica, table).build();

        assertThat(store.load(ALICE)).isPresent();
        for (ThrowingCallable write : writes(store)) {
            assertRefused(write, "25006", "primary", true);
        }
    }

    @Test
    void userWithoutRights_isRefused() throws Exception {
        TokenStore owner = Engine.POSTGRESQL.store(table);
        owner.compareAndSet(ALICE, 0, token(1));
        SmallPool user = user("reader_" + table);

        assertRefused(() -> storeOn(user, table).build(), "42501", "Grant", false);
        pool.execute("grant select on " + table + ", " + table + "_schema to reader_" + table);
        TokenStore store = storeOn(user, table).createSchema().build();

        assertThat(store.load(ALICE)).isPresent();
        for (ThrowingCallable write : writes(store)) {
            assertRefused(write, "42501", "select, insert, update and delete", false);
        }
    }

    @Test
    void userWithTheRightsThatTheRemedyNames_mayDoEverything() throws Exception {
        Engine.POSTGRESQL.store(table);
        SmallPool user = user("writer_" + table);
        pool.execute("grant select, insert, update, delete on " + table + " to writer_" + table);
        pool.execute("grant select on " + table + "_schema to writer_" + table);
        TokenStore store = storeOn(user, table).build();

        assertThat(store.lease(ALICE, "one", LIFE)).isTrue();
        assertThat(store.compareAndSet(ALICE, 0, token(1))).isTrue();
        assertThat(store.compareAndSet(ALICE, 1, token(2))).isTrue();
        store.release(ALICE, "one");
    }

    @Test
    void userWhoMayNotCreate_isToldSo() {
        pool.execute("create schema s_" + table);
        SmallPool user = user("creator_" + table);
        pool.execute("grant usage on schema s_" + table + " to creator_" + table);

        assertRefused(
                () -> storeOn(user, "s_" + table + "." + table).createSchema().build(),
                "42501",
                "createSchema() needs the right to create tables",
                false);
    }

    @Test
    void droppedTable_isNamed() throws Exception {
        TokenStore store = Engine.POSTGRESQL.store(table);
        pool.execute("drop table " + table);

        assertRefused(() -> store.load(ALICE), "42P01", "createSchema()", false);
        for (ThrowingCallable write : writes(store)) {
            assertRefused(write, "42P01", "schema-postgresql.sql", false);
        }
    }

    @Test
    void unknownUser_isRefused() {
        SmallPool nobody = new SmallPool(Engine.postgres().getDatabase("nobody", "postgres")::getConnection);

        assertRefused(() -> storeOn(nobody, table).build(), "28000", "user and password", false);
    }

    @Test
    void unknownDatabase_isRefused() {
        SmallPool nowhere = new SmallPool(Engine.postgres().getDatabase("postgres", "nowhere")::getConnection);

        assertRefused(() -> storeOn(nowhere, table).build(), "3D000", "name of the database", false);
    }

    @Test
    void lockedRow_isGivenUpAfterTheQueryTimeout() throws Exception {
        Engine.POSTGRESQL.store(table).compareAndSet(ALICE, 0, token(1));
        TokenStore store =
                storeOn(pool, table).queryTimeout(Duration.ofMillis(1)).build();
        store.compareAndSet(BOB, 0, token(1));

        try (Connection blocker = pool.getConnection()) {
            blocker.setAutoCommit(false);
            execute(blocker, "select * from " + table + " where id = '" + ALICE.id() + "' for update");
            assertRefused(() -> store.compareAndSet(ALICE, 1, token(2)), "57014", "queryTimeout", true);
            assertThat(store.compareAndSet(BOB, 1, token(2))).as("another row").isTrue();
            blocker.rollback();
            blocker.setAutoCommit(true);
        }

        assertThat(store.compareAndSet(ALICE, 1, token(2))).isTrue();
    }

    @Test
    void connectionEndedByAnAdministrator_isRetryable_andTheNextOneWorks() throws Exception {
        SmallPool one = new SmallPool(Engine.postgres().getPostgresDatabase()::getConnection);
        TokenStore store = storeOn(one, table).createSchema().build();
        String pid = one.query("select pg_backend_pid()").get(0);
        pool.query("select pg_terminate_backend(" + pid + ")");
        while (!pool.query("select 1 from pg_stat_activity where pid = " + pid).isEmpty()) {
            Thread.onSpinWait();
        }

        assertRefused(() -> store.compareAndSet(ALICE, 0, token(1)), "57P01", "Check that it runs", true);

        assertThat(store.compareAndSet(ALICE, 0, token(1))).isTrue();
    }

    @Test
    void tableNameThatIsAWordOfSql_isRefusedByTheDatabase() {
        assertRefused(() -> storeOn(pool, "select").createSchema().build(), "42601", "log of the database", false);
    }

    private SmallPool user(String name) {
        pool.execute("create role " + name + " login");
        return new SmallPool(Engine.postgres().getDatabase(name, "postgres")::getConnection);
    }

    private static ThrowingCallable[] writes(TokenStore store) {
        return new ThrowingCallable[] {
            () -> store.compareAndSet(BOB, 0, token(1)),
            () -> store.compareAndSet(ALICE, 1, token(2)),
            () -> store.lease(ALICE, "owner-canary", LIFE),
            () -> store.release(ALICE, "owner-canary")
        };
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertRefused(ThrowingCallable call, String state, String remedy, boolean retryable) {
        TokenStoreException e = catchThrowableOfType(TokenStoreException.class, call);

        assertThat(e).isNotNull().hasNoCause().hasMessageContaining("SQLState " + state);
        assertThat(e.remedy()).contains(remedy);
        assertThat(e.isRetryable()).isEqualTo(retryable);
        assertThat(e.getMessage()).doesNotContain("canary", ALICE.id(), BOB.id(), " where ", "insert into");
    }
}
