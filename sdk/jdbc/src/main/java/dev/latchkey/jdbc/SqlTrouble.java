package dev.latchkey.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What may be wrong with a database, told by SQLState: whole states, or the two characters of a class. */
enum SqlTrouble {
    CONNECTION(
            true,
            "the database cannot be reached",
            "Check that it runs, and the address, the firewall and the size of the pool of the DataSource.",
            "08",
            "57P01",
            "57P02",
            "57P03",
            "57P05",
            "90067",
            "90098",
            "90121"),
    LOGIN(
            false,
            "the database refuses the user of the DataSource",
            "Check user and password of the DataSource, and pg_hba.conf of the server.",
            "28"),
    NO_DATABASE(
            false,
            "there is no such database",
            "Check the name of the database in the URL of the DataSource.",
            "3D000",
            "90146",
            "90149"),
    NO_TABLE(
            false,
            "a table or one of its columns is not there",
            "Build the store with createSchema(), or apply dev/latchkey/jdbc/schema-postgresql.sql (for H2: schema-h2.sql)"
                    + " of the jar latchkey-jdbc. If it was applied, check tableName, the schema in it and the search path.",
            "42P01",
            "42703",
            "3F000",
            "42S02",
            "42S03",
            "42S04",
            "42S22",
            "90079"),
    NO_PERMISSION(
            false,
            "the user of the DataSource may not do this",
            "Grant it select, insert, update and delete on the table, and select on the one of the same name with _schema;"
                    + " createSchema() needs the right to create tables.",
            "42501",
            "90096"),
    DISK_FULL(
            true,
            "the disk of the database is full",
            "Free space on the host of the database; nothing can be written until then.",
            "53100"),
    EXHAUSTED(
            true,
            "the database has no connections or memory left",
            "Compare max_connections of the server with the sizes of all pools.",
            "53"),
    READ_ONLY(
            true,
            "the database takes no writes",
            "Point the DataSource at the primary, not at a replica, and check default_transaction_read_only.",
            "25006",
            "90097"),
    TIMEOUT(
            true,
            "the database did not answer in time",
            "Look for what blocks it or loads it, or set a longer queryTimeout.",
            "57014",
            "55P03",
            "HYT00"),
    CONTENTION(
            true,
            "too many others write the same row at the same time",
            "It passes by itself. If it comes often, let the DataSource use the isolation level READ COMMITTED.",
            "40",
            "90131"),
    PASSING(
            true,
            "the database could not do it now",
            "The driver says that it may pass; look into the log of the database if it does not."),
    OTHER(
            false,
            "the database refused",
            "Look into the log of the database at this time; the SQLState says what it was.");

    private static final Pattern SQL_STATE = Pattern.compile("[0-9A-Z]{5}");
    private static final int LONGEST_CHAIN = 16;

    private final boolean retryable;
    private final String outcome;
    private final String remedy;
    private final String states;

    SqlTrouble(boolean retryable, String outcome, String remedy, String... states) {
        this.retryable = retryable;
        this.outcome = outcome;
        this.remedy = remedy;
        this.states = String.join(" ", states);
    }

    boolean isRetryable() {
        return retryable;
    }

    String outcome() {
        return outcome;
    }

    String remedy() {
        return remedy;
    }

    static SqlTrouble of(SQLException failure) {
        return state(failure).map(SqlTrouble::ofState).orElseGet(() -> ofType(failure));
    }

    /** The first state in a chain: pools wrap what the driver says, some of them without its state. */
    static Optional<String> state(SQLException failure) {
        return chain(failure)
                .filter(SQLException.class::isInstance)
                .map(link -> ((SQLException) link).getSQLState())
                .filter(state -> state != null && SQL_STATE.matcher(state).matches())
                .findFirst();
    }

    static Stream<Throwable> chain(Throwable failure) {
        return Stream.<Throwable>iterate(failure, link -> link != null, Throwable::getCause)
                .limit(LONGEST_CHAIN);
    }

    /** A whole state says more than its class, as 53100 beside 53. */
    private static SqlTrouble ofState(String state) {
        return having(state).or(() -> having(state.substring(0, 2))).orElse(OTHER);
    }

    private static Optional<SqlTrouble> having(String state) {
        return Arrays.stream(values()).filter(trouble -> trouble.has(state)).findFirst();
    }

    private boolean has(String state) {
        return List.of(states.split(" ")).contains(state);
    }

    private static SqlTrouble ofType(SQLException failure) {
        if (failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException) {
            return CONNECTION;
        }
        if (failure instanceof SQLTimeoutException) {
            return TIMEOUT;
        }
        return failure instanceof SQLTransientException ? PASSING : OTHER;
    }
}
