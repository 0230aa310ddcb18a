package dev.latchkey.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A connection for one statement: commits by itself while it is ours, and goes back with the settings it came with. */
final class Loan implements AutoCloseable {
    private final Connection connection;
    private boolean autoCommit = true;
    private int isolation = Connection.TRANSACTION_READ_COMMITTED;

    private Loan(Connection connection) {
        this.connection = connection;
    }

    /**
     * Takes a connection.
     *
     * @param readCommitted whether to see to the isolation level, too; with PostgreSQL the question costs a round trip
     */
    static Loan of(DataSource source, boolean readCommitted) throws SQLException {
        Loan loan = new Loan(source.getConnection());
        try {
            loan.adjust(readCommitted);
            return loan;
        } catch (SQLException e) {
            loan.close();
            throw e;
        }
    }

    private void adjust(boolean readCommitted) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
            autoCommit = false;
        }
        if (readCommitted && connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
            int level = connection.getTransactionIsolation();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            isolation = level;
        }
    }

    Connection connection() {
        return connection;
    }

    /** Never throws: a connection on which this fails is broken, its pool finds out, and what was done on it is done. */
    @Override
    public void close() {
        quietly(this::restore);
        quietly(connection::close);
    }

    private void restore() throws SQLException {
        if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(isolation);
        }
        if (!autoCommit) {
            connection.setAutoCommit(false);
        }
    }

    /** A step that may fail. */
    private interface Step {
        void run() throws SQLException;
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            return;
        }
    }
}
