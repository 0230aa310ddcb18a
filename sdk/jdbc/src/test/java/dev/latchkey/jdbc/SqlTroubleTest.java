package dev.latchkey.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.TokenStoreException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a SQLState means, also those that no test can bring a database to, such as a full disk (F-28). */
@Timeout(10)
class SqlTroubleTest {
    private static final String SECRET = "canary-7d20";
    private final SqlFailures failures = new SqlFailures(TableName.of("auth.tokens"));

    @ParameterizedTest
    @CsvSource({
        "08001, CONNECTION, true, it runs",
        "08006, CONNECTION, true, it runs",
        "57P01, CONNECTION, true, it runs",
        "57P03, CONNECTION, true, it runs",
        "28P01, LOGIN, false, pg_hba.conf",
        "28000, LOGIN, false, pg_hba.conf",
        "3D000, NO_DATABASE, false, URL",
        "42P01, NO_TABLE, false, createSchema()",
        "42S02, NO_TABLE, false, schema-postgresql.sql",
        "42703, NO_TABLE, false, search path",
        "42501, NO_PERMISSION, false, Grant",
        "53100, DISK_FULL, true, Free space",
        "53300, EXHAUSTED, true, max_connections",
        "25006, READ_ONLY, true, primary",
        "57014, TIMEOUT, true, queryTimeout",
        "HYT00, TIMEOUT, true, queryTimeout",
        "40001, CONTENTION, true, READ COMMITTED",
        "22001, OTHER, false, log of the database",
        "XX000, OTHER, false, log of the database",
    })
    void of_aState_saysWhatToDo(String state, SqlTrouble expected, boolean retryable, String remedy) {
        SQLException failure = new SQLException(SECRET, state);

        assertThat(SqlTrouble.of(failure)).isEqualTo(expected);
        TokenStoreException exception = failures.of("Storing a token", failure);
        assertThat(exception.isRetryable()).isEqualTo(retryable);
        assertThat(exception.remedy()).contains(remedy);
        assertThat(exception)
                .hasMessageStartingWith("Storing a token at table auth.tokens: ")
                .hasMessageContaining("SQLState " + state);
    }

    @Test
    void of_aPoolsWrapper_findsTheStateOfTheDriver() {
        SQLException driver = new SQLException(SECRET, "53300", new ConnectException(SECRET));
        SQLException pool = new SQLTransientConnectionException(SECRET, null, new RuntimeException(SECRET, driver));

        assertThat(SqlTrouble.of(pool)).isEqualTo(SqlTrouble.EXHAUSTED);
        assertThat(failures.of("Storing a token", pool))
                .hasMessageContaining("(SQLTransientConnectionException by RuntimeException by SQLException by"
                        + " ConnectException, SQLState 53300)")
                .hasMessageNotContaining(SECRET)
                .hasNoCause();
    }

    @Test
    void of_noState_goesByTheType() {
        assertThat(SqlTrouble.of(new SQLTransientConnectionException(SECRET))).isEqualTo(SqlTrouble.CONNECTION);
        assertThat(SqlTrouble.of(new SQLRecoverableException(SECRET))).isEqualTo(SqlTrouble.CONNECTION);
        assertThat(SqlTrouble.of(new SQLTimeoutException(SECRET))).isEqualTo(SqlTrouble.TIMEOUT);
        assertThat(SqlTrouble.of(new SQLTransientException(SECRET))).isEqualTo(SqlTrouble.PASSING);
        assertThat(SqlTrouble.of(new SQLException(SECRET))).isEqualTo(SqlTrouble.OTHER);
        assertThat(failures.of("x", new SQLException(SECRET))).hasMessageContaining("no SQLState");
    }

    @Test
    void of_aTextInPlaceOfAState_isNotShown() {
        assertThat(failures.of("Storing a token", new SQLException("x", SECRET)))
                .hasMessageNotContaining(SECRET)
                .hasMessageContaining("no SQLState");
    }

    @Test
    void of_aRingOfCauses_ends() {
        SQLException one = new SQLException("one");
        SQLException two = new SQLException("two", one);
        one.initCause(two);

        assertThat(SqlTrouble.of(one)).isEqualTo(SqlTrouble.OTHER);
    }
}
