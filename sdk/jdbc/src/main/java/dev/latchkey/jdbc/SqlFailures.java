package dev.latchkey.jdbc;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.TokenStoreException;
import java.sql.SQLException;
import java.util.stream.Collectors;

/**
 * Makes the store's exceptions. None has a cause: drivers quote statements, values, rows and even URLs with passwords. What
 * can be told safely is told: the types in the chain and the SQLState.
 */
final class SqlFailures {
    private final String where;

    SqlFailures(TableName table) {
        this.where = "table " + table;
    }

    TokenStoreException of(String attempt, SQLException failure) {
        SqlTrouble trouble = SqlTrouble.of(failure);
        return new TokenStoreException(ErrorDetails.builder(attempt, trouble.outcome() + " (" + facts(failure) + ")")
                .where(where)
                .remedy(trouble.remedy())
                .retryable(trouble.isRetryable())
                .requestSent(false)
                .build());
    }

    /** The tables are there, but not those that this version works with. */
    TokenStoreException otherSchema(String attempt, String outcome, String remedy) {
        return new TokenStoreException(ErrorDetails.builder(attempt, outcome)
                .where(where)
                .remedy(remedy)
                .requestSent(false)
                .build());
    }

    /** Adds which row it is; its id is a digest, and nobody can find the row without. */
    TokenStoreException unreadable(String id, ErrorDetails details) {
        return new TokenStoreException(details.toBuilder()
                .where(where + ", row " + id)
                .remedy(details.remedy() + " If nothing helps, delete the row.")
                .build());
    }

    TokenStoreException unreadable(String id, String outcome) {
        return unreadable(
                id,
                ErrorDetails.builder("Reading a stored token", outcome)
                        .remedy("Restore the row from a copy, or have the user sign in again.")
                        .requestSent(false)
                        .build());
    }

    private static String facts(SQLException failure) {
        String types = SqlTrouble.chain(failure)
                .map(link -> link.getClass().getSimpleName())
                .distinct()
                .collect(Collectors.joining(" by "));
        return types + ", "
                + SqlTrouble.state(failure).map(state -> "SQLState " + state).orElse("no SQLState");
    }
}
