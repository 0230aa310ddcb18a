package dev.latchkey.jdbc;

/**
 * The statements of one table. All times are the database's, so that the clocks of hosts do not matter.
 *
 * @param load reads a token: id
 * @param put writes the first state: id, generation, content, ended
 * @param replace writes over a state: generation, content, ended, id, expected generation
 * @param remove forgets a state, but not the lease: id
 * @param lease takes a lease: id, owner, life in milliseconds
 * @param release gives it back: id, owner
 * @param clean forgets rows, at most so many as {@link #ROWS_PER_CLEANING}
 */
record Statements(String load, String put, String replace, String remove, String lease, String release, String clean) {
    /** Bounds one cleaning, which somebody waits for. */
    static final int ROWS_PER_CLEANING = 200;

    /** What may be forgotten: ended a day ago, or a lease of a token that was never stored. */
    private static final String FORGETTABLE =
            "(ended or generation = 0) and updated_at < current_timestamp - interval '1' day"
                    + " and (lease_until is null or lease_until < current_timestamp)";

    static Statements of(Dialect dialect, TableName table) {
        return new Statements(
                "select generation, content from " + table + " where id = ? and generation > 0",
                dialect.put(table),
                "update " + table + " set generation = ?, content = ?, ended = ?, updated_at = current_timestamp"
                        + " where id = ? and generation = ?",
                "update " + table + " set generation = 0, content = null, ended = false, updated_at = current_timestamp"
                        + " where id = ?",
                dialect.lease(table),
                dialect.release(table),
                clean(table));
    }

    /** Says the condition twice: a row that was found may have a new token by the time it is deleted. */
    private static String clean(TableName table) {
        return "delete from " + table + " where " + FORGETTABLE + " and id in (select id from " + table + " where "
                + FORGETTABLE + " fetch first " + ROWS_PER_CLEANING + " rows only)";
    }
}
