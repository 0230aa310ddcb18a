package dev.latchkey.jdbc;

import static dev.latchkey.jdbc.Fixtures.ALICE;
import static dev.latchkey.jdbc.Fixtures.storeOn;
import static dev.latchkey.jdbc.Fixtures.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.store.TokenStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the statement that takes a lease gets on with the locks of PostgreSQL. */
@Timeout(60)
class PostgresLeaseTest {
    private static final Duration LIFE = Duration.ofSeconds(30);

    private final String table = Engine.freshTable();
    private TokenStore store;

    @BeforeEach
    void open() throws IOException {
        store = storeOn(Engine.POSTGRESQL.pool(), table)
                .createSchema()
                .queryTimeout(Duration.ofSeconds(20))
                .build();
    }

    private static Connection transaction() throws SQLException {
        Connection connection = Engine.postgres().getPostgresDatabase().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    /** Whoever comes too late must not hold up the one who has the lease: it reads, and locks nothing. */
    @Test
    void lease_thatAnotherHas_isRefusedWithoutALock() throws Exception {
        assertThat(store.lease(ALICE, "one", LIFE)).isTrue();
        try (Connection other = transaction();
                Statement statement = other.createStatement()) {
            statement.executeQuery("select * from " + table + " for update");

            assertThat(store.lease(ALICE, "two", LIFE)).isFalse();
            other.rollback();
        }
    }

    /** The look at first sees no lease; what decides is the row as it stands once its lock is free. */
    @Test
    void lease_thatAnotherTakesAtTheSameTime_isRefused() throws Exception {
        store.compareAndSet(ALICE, 0, token(1));
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection other = transaction();
                Statement statement = other.createStatement()) {
            statement.executeUpdate("update " + table
                    + " set lease_owner = 'one', lease_until = current_timestamp + interval '30' second");

            Future<Boolean> taken = threads.submit(() -> store.lease(ALICE, "two", LIFE));
            awaitWaiting(statement);
            other.commit();

            assertThat(taken.get()).isFalse();
        } finally {
            threads.shutdownNow();
        }
    }

    /** A trigger notes for each write whether its commit is one that waits. */
    @Test
    void release_anyLease_doesNotWaitForTheDiskAsOtherWritesDo() throws Exception {
        String url = Engine.postgres().getJdbcUrl("postgres", "postgres") + "&options=-c%20synchronous_commit=on";
        SmallPool pool = new SmallPool(() -> DriverManager.getConnection(url));
        TokenStore durable = storeOn(pool, table).build();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table " + table + "_log (number serial, lease text, waits text)");
            statement.execute("create function " + table + "_note() returns trigger language plpgsql as 'begin"
                    + " insert into " + table + "_log (lease, waits) values"
                    + " (new.lease_owner, current_setting(''synchronous_commit'')); return new; end'");
            statement.execute("create trigger note after insert or update on " + table
                    + " for each row execute procedure " + table + "_note()");

            durable.compareAndSet(ALICE, 0, token(1));
            durable.lease(ALICE, "one", LIFE);
            durable.compareAndSet(ALICE, 1, token(2));
            durable.release(ALICE, "one");
            durable.compareAndSet(ALICE, 2, token(3));
            durable.remove(ALICE);

            try (ResultSet rows = statement.executeQuery(
                    "select string_agg(coalesce(lease, '-') || ' ' || waits, ', ' order by number) from " + table
                            + "_log")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("- on, one on, one on, - off, - on, - on");
            }
        }
    }

    private static void awaitWaiting(Statement statement) throws SQLException {
        boolean waits = false;
        while (!waits) {
            try (ResultSet locks = statement.executeQuery("select count(*) from pg_locks where not granted")) {
                waits = locks.next() && locks.getInt(1) > 0;
            }
        }
    }
}
