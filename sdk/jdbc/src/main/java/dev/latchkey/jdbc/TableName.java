package dev.latchkey.jdbc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of the table, checked: it becomes part of statements, where no parameter can stand.
 *
 * @param schema the schema with its full stop, or nothing
 * @param table the table alone
 */
record TableName(String schema, String table) {
    /** PostgreSQL cuts names at 63 characters; the names made from this one are longer by up to seven. */
    private static final int LONGEST = 48;

    private static final Pattern NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*\\.)?([A-Za-z_][A-Za-z0-9_]*)");

    static TableName of(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches() || parts.group(2).length() > LONGEST) {
            throw new IllegalArgumentException("tableName: a name has letters, digits and _, at most " + LONGEST
                    + ", does not begin with a digit, and may follow the name of a schema and a full stop,"
                    + " for example latchkey_token or auth.latchkey_token");
        }
        return new TableName(parts.group(1) == null ? "" : parts.group(1), parts.group(2));
    }

    String versionTable() {
        return this + "_schema";
    }

    @Override
    public String toString() {
        return schema + table;
    }
}
