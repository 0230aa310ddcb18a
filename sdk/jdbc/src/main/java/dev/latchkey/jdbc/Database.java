package dev.latchkey.jdbc;

import dev.latchkey.error.TokenStoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/** Runs single statements, each in a transaction of its own on a connection that is given back at once. */
final class Database {
    /**
     * Somebody else was faster, and nothing was done: conflicts at the isolation levels above READ COMMITTED, deadlocks, and
     * rows and tables that came into being meanwhile. The same statement then finds what is there now.
     */
    private static final Set<String> RACES =
            Set.of("40001", "40P01", "23505", "42P07", "42710", "42S01", "42S11", "90131");

    private static final int TRIES = 20;

    private final DataSource dataSource;
    private final int timeoutSeconds;
    private final SqlFailures failures;
    private final boolean readCommitted;

    private Database(DataSource dataSource, int timeoutSeconds, SqlFailures failures, boolean readCommitted) {
        this.dataSource = dataSource;
        this.timeoutSeconds = timeoutSeconds;
        this.failures = failures;
        this.readCommitted = readCommitted;
    }

    static Database of(DataSource dataSource, int timeoutSeconds, SqlFailures failures) {
        return new Database(dataSource, timeoutSeconds, failures, false);
    }

    /** This database with connections that are set to READ COMMITTED for the statement. */
    Database withReadCommitted() {
        return new Database(dataSource, timeoutSeconds, failures, true);
    }

    /** What is done with a prepared statement. */
    interface Work<R> {
        R with(PreparedStatement statement) throws SQLException;
    }

    /** What is done with a connection. */
    interface Use<R> {
        R of(Connection connection) throws SQLException;
    }

    <R> R run(String attempt, String sql, Work<R> work) throws TokenStoreException {
        return use(attempt, connection -> persistently(connection, sql, work));
    }

    int update(String attempt, String sql, Object... values) throws TokenStoreException {
        return run(attempt, sql, statement -> {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        });
    }

    <R> R use(String attempt, Use<R> use) throws TokenStoreException {
        try (Loan loan = Loan.of(dataSource, readCommitted)) {
            return use.of(loan.connection());
        } catch (SQLException e) {
            throw failures.of(attempt, e);
        }
    }

    private <R> R persistently(Connection connection, String sql, Work<R> work) throws SQLException {
        for (int tries = 1; ; tries++) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setQueryTimeout(timeoutSeconds);
                return work.with(statement);
            } catch (SQLException e) {
                if (tries == TRIES || !RACES.contains(SqlTrouble.state(e).orElse(""))) {
                    throw e;
                }
            }
        }
    }
}
