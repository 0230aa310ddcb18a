package dev.latchkey.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.error.TokenStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The tables: makes them from the shipped file, and looks whether they are those that this version works with. */
final class Schema {
    static final int VERSION = 1;

    private static final String LOOKING = "Looking at the schema of the token store";
    private static final String CREATING = "Creating the schema of the token store";
    private static final int NONE = 0;
    private static final Pattern NAME = Pattern.compile("latchkey_token(_ended|_schema|)");

    private final Database database;
    private final Dialect dialect;
    private final TableName table;
    private final SqlFailures failures;

    Schema(Database database, Dialect dialect, TableName table, SqlFailures failures) {
        this.database = database;
        this.dialect = dialect;
        this.table = table;
        this.failures = failures;
    }

    /**
     * Looks first: whoever may not create tables can still use those that are there. Each statement does nothing where its
     * work is done, so several processes may do this at once.
     */
    void createIfMissing() throws TokenStoreException {
        if (database.use(LOOKING, this::isThere)) {
            return;
        }
        for (String statement : statements()) {
            database.update(CREATING, statement);
        }
    }

    /** Throws where the tables are missing or of another version. */
    void check() throws TokenStoreException {
        int version = database.use(LOOKING, this::version);
        if (version != VERSION) {
            throw failures.otherSchema(
                    LOOKING, (version == NONE ? "it has no version" : "it has version " + version), remedy());
        }
        database.run(LOOKING, columns(), PreparedStatement::execute);
    }

    private boolean isThere(Connection connection) throws SQLException {
        try {
            return version(connection) != NONE;
        } catch (SQLException e) {
            if (SqlTrouble.of(e) == SqlTrouble.NO_TABLE) {
                return false;
            }
            throw e;
        }
    }

    private int version(Connection connection) throws SQLException {
        String sql = "select version from " + table.versionTable() + " where id = 1";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getInt(1) : NONE;
        }
    }

    private String columns() {
        return "select id, generation, content, ended, lease_owner, lease_until, updated_at from " + table
                + " where 1 = 0";
    }

    private String remedy() {
        return "This program works with version " + VERSION
                + ". Use one version of latchkey-jdbc in all programs that share"
                + " the table, and apply the schema file of that version, dev/latchkey/jdbc/" + dialect.schemaFile()
                + " of its jar. The version stands in the table " + table.versionTable() + ".";
    }

    List<String> statements() {
        String sql = NAME.matcher(file().replaceAll("--[^\n]*", "")).replaceAll(this::renamed);
        return Arrays.stream(sql.split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    /** An index lies in the schema of its table and takes no prefix. */
    private String renamed(MatchResult name) {
        return (name.group(1).equals("_ended") ? table.table() : table) + name.group(1);
    }

    private String file() {
        try (InputStream in = Schema.class.getResourceAsStream(dialect.schemaFile())) {
            return new String(
                    Objects.requireNonNull(in, "the jar lacks its schema file").readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema file in the jar cannot be read", e);
        }
    }
}
