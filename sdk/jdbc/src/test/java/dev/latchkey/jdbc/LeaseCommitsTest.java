package dev.latchkey.jdbc;

import static dev.latchkey.jdbc.Fixtures.ALICE;
import static dev.latchkey.jdbc.Fixtures.storeOn;
import static dev.latchkey.jdbc.Fixtures.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.store.TokenStore;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With PostgreSQL nobody waits for the disk when a lease is given back, and everybody does for all else. */
@Timeout(60)
class LeaseCommitsTest {
    private static final Duration LIFE = Duration.ofSeconds(30);

    private final String table = Engine.freshTable();
    private final SmallPool pool = new SmallPool(
            Engine.POSTGRESQL.source(),
            connection -> execute(connection.createStatement(), "set synchronous_commit = on"));

    private static void execute(Statement statement, String sql) throws SQLException {
        try (statement) {
            statement.execute(sql);
        }
    }

    /** Tells at the end of each transaction that wrote to the table how it was committed. */
    private void watchCommits() {
        pool.execute("create table " + table + "_commits (how text)");
        pool.execute("create function " + table + "_commit() returns trigger language plpgsql as $$ begin insert into "
                + table + "_commits values (current_setting('synchronous_commit')); return null; end $$");
        pool.execute("create constraint trigger watch after insert or update on " + table
                + " deferrable initially deferred for each row execute function " + table + "_commit()");
    }

    @Test
    void commits_allButThoseOfReturnedLeases_waitForTheDisk() throws Exception {
        TokenStore store = storeOn(pool, table).createSchema().build();
        watchCommits();

        assertThat(store.lease(ALICE, "one", LIFE)).isTrue();
        assertThat(store.compareAndSet(ALICE, 0, token(1))).isTrue();
        assertThat(store.compareAndSet(ALICE, 1, token(2))).isTrue();
        assertThat(store.lease(ALICE, "one", LIFE)).isTrue();
        store.release(ALICE, "one");

        assertThat(pool.query("select how from " + table + "_commits")).containsExactly("on", "on", "on", "on", "off");
        assertThat(pool.query("show synchronous_commit")).containsExactly("on");
    }
}
