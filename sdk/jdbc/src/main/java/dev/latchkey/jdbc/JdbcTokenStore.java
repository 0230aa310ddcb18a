package dev.latchkey.jdbc;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenEncryption;
import dev.latchkey.store.TokenStore;
import dev.latchkey.token.TokenKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tokens in a table of a database, for all processes and hosts that share a client: they share one token and one
 * request for it, and a refresh token outlives them. PostgreSQL 9.5 or later; H2 2 for tests.
 *
 * <p>A token is encrypted before it leaves the process. Beside it the table has a digest of whose it is, the number of its
 * last write, who holds its lease until when, and the times of writes.
 *
 * <p>Each call is one statement on a connection of its own that is given back at once, in a transaction of its own; none
 * is open while a token is requested. A connection that comes without auto-commit is switched to it for the statement and
 * back, so hand over the pool itself and not a data source that takes part in transactions of the application. The
 * isolation level does not matter. Leases run by the clock of the database. Rows of sessions that ended, and of tokens that are
 * over and that nothing renews, are forgotten after a day, some at a time, by every hundredth write.
 *
 * <p>What the database cannot do becomes a {@link TokenStoreException} that names the SQLState and the remedy, never a
 * statement, a value or the text of the driver.
 *
 * <p>Thread-safety: safe. A thread that is interrupted stays so, and what it writes is written.
 */
public final class JdbcTokenStore implements TokenStore {
    private static final int WRITES_BEFORE_CLEANING = 100;
    private static final Duration LONGEST_LEASE = Duration.ofDays(1);
    /** How long the statement that cleans leaves rows alone. */
    private static final Duration KEPT = Duration.ofDays(1);

    private static final String READING = "Reading a stored token";
    private static final String WRITING = "Storing a token";
    private static final String LEASING = "Taking the lease of a stored token";
    private static final String RELEASING = "Giving back the lease of a stored token";
    private static final String CLEANING = "Forgetting tokens that ended";

    private final Database database;
    private final Statements statements;
    private final TokenEncryption encryption;
    private final SqlFailures failures;
    private final String name;
    private final AtomicLong writes = new AtomicLong();

    private JdbcTokenStore(
            Database database, Statements statements, TokenEncryption encryption, SqlFailures failures, String name) {
        this.database = database;
        this.statements = statements;
        this.encryption = encryption;
        this.failures = failures;
        this.name = name;
    }

    private record Row(long generation, @Nullable String content) {}

    /**
     * Starts a store.
     *
     * @param dataSource where connections come from, best a pool; it stays the caller's, who closes it
     * @return a builder
     */
    public static Builder builder(DataSource dataSource) {
        return new Builder(Objects.requireNonNull(dataSource, "dataSource"));
    }

    @Override
    public Optional<StoredToken> load(TokenKey key) throws TokenStoreException {
        String id = Objects.requireNonNull(key, "key").id();
        Optional<Row> row = database.run(READING, statements.load(), statement -> {
            statement.setString(1, id);
            return row(statement);
        });
        return row.isPresent() ? Optional.of(decrypted(key, id, row.get())) : Optional.empty();
    }

    private static Optional<Row> row(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(new Row(rows.getLong(1), rows.getString(2))) : Optional.empty();
        }
    }

    private StoredToken decrypted(TokenKey key, String id, Row row) throws TokenStoreException {
        if (row.content() == null) {
            throw failures.unreadable(id, "its content is gone");
        }
        StoredToken token = decrypted(key, id, row.content());
        if (token.generation() != row.generation()) {
            throw failures.unreadable(
                    id,
                    "its content is of generation " + token.generation() + ", its row of generation "
                            + row.generation());
        }
        return token;
    }

    private StoredToken decrypted(TokenKey key, String id, String content) throws TokenStoreException {
        try {
            return encryption.decrypt(key, content);
        } catch (TokenStoreException e) {
            throw failures.unreadable(id, e.details());
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the next generation is not higher than the expected one
     */
    @Override
    public boolean compareAndSet(TokenKey key, long expected, StoredToken next) throws TokenStoreException {
        String id = Objects.requireNonNull(key, "key").id();
        if (Objects.requireNonNull(next, "next").generation() <= expected) {
            throw new IllegalArgumentException("next: its generation " + next.generation()
                    + " is not above the expected " + expected + "; build it with next() of the stored one");
        }
        boolean written = expected == 0 ? put(id, key, next) : replace(id, key, expected, next);
        cleanNowAndThen();
        return written;
    }

    private boolean put(String id, TokenKey key, StoredToken next) throws TokenStoreException {
        return database.update(
                        WRITING,
                        statements.put(),
                        id,
                        next.generation(),
                        encryption.encrypt(key, next),
                        isDispensable(next))
                == 1;
    }

    private boolean replace(String id, TokenKey key, long expected, StoredToken next) throws TokenStoreException {
        return database.update(
                        WRITING,
                        statements.replace(),
                        next.generation(),
                        encryption.encrypt(key, next),
                        isDispensable(next),
                        id,
                        expected)
                == 1;
    }

    /** {@return whether nobody misses it a day after it was written} */
    private static boolean isDispensable(StoredToken token) {
        boolean isOverByThen = token.accessToken()
                .map(access -> Duration.between(access.issuedAt(), access.expiresAt()))
                .filter(life -> life.compareTo(KEPT) > 0)
                .isEmpty();
        return token.ended().isPresent() || (token.refreshToken().isEmpty() && isOverByThen);
    }

    /** {@inheritDoc} The row stays, with its lease. */
    @Override
    public void remove(TokenKey key) throws TokenStoreException {
        database.update(
                WRITING, statements.remove(), Objects.requireNonNull(key, "key").id());
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the life is not positive; one beyond a day counts as a day
     */
    @Override
    public boolean lease(TokenKey key, String owner, Duration life) throws TokenStoreException {
        String id = Objects.requireNonNull(key, "key").id();
        Objects.requireNonNull(owner, "owner");
        if (Objects.requireNonNull(life, "life").isNegative() || life.isZero()) {
            throw new IllegalArgumentException("life: " + life + " is not positive; a lease lasts for some time");
        }
        boolean taken = database.update(LEASING, statements.lease(), id, owner, millis(life)) == 1;
        cleanNowAndThen();
        return taken;
    }

    private static long millis(Duration life) {
        Duration bounded = life.compareTo(LONGEST_LEASE) < 0 ? life : LONGEST_LEASE;
        return Math.max(1, bounded.toMillis());
    }

    @Override
    public void release(TokenKey key, String owner) throws TokenStoreException {
        String id = Objects.requireNonNull(key, "key").id();
        database.update(RELEASING, statements.release(), id, Objects.requireNonNull(owner, "owner"));
    }

    /** More rows than writes, so that what may be forgotten does not add up; a failure is left to the next time. */
    private void cleanNowAndThen() {
        if (writes.getAndIncrement() % WRITES_BEFORE_CLEANING != 0) {
            return;
        }
        try {
            database.update(CLEANING, statements.clean());
        } catch (TokenStoreException e) {
            return;
        }
    }

    /** {@return the database and the table; never a token} */
    @Override
    public String toString() {
        return "JdbcTokenStore[" + name + "]";
    }

    /**
     * Makes a {@link JdbcTokenStore}.
     *
     * <p>Thread-safety: not thread-safe.
     */
    public static final class Builder {
        private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

        private final DataSource dataSource;
        private TableName table = TableName.of("latchkey_token");
        private Duration queryTimeout = Duration.ofSeconds(5);
        private @Nullable TokenEncryption encryption;
        private boolean create;

        private Builder(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        /**
         * Sets how tokens are encrypted. Required; the same key in all processes that share the table.
         *
         * @param value the encryption
         * @return this builder
         */
        public Builder encryption(TokenEncryption value) {
            this.encryption = Objects.requireNonNull(value, "value");
            return this;
        }

        /**
         * Sets the name of the table. Its companion, which holds the version of the schema, has the same name with
         * {@code _schema}. Default: {@code latchkey_token}.
         *
         * @param name letters, digits and {@code _}, at most 48, after the name of a schema and a full stop or without
         * @return this builder
         * @throws IllegalArgumentException if the name has anything else in it
         */
        public Builder tableName(String name) {
            this.table = TableName.of(Objects.requireNonNull(name, "name"));
            return this;
        }

        /**
         * Sets how long a statement may take. It does not bound how long the pool takes for a connection, nor a network
         * that swallows everything: set the time-outs of pool and driver for these. Default: 5 seconds.
         *
         * @param timeout the time, rounded up to whole seconds; at most an hour
         * @return this builder
         * @throws IllegalArgumentException if it is not positive or beyond an hour
         */
        public Builder queryTimeout(Duration timeout) {
            if (Objects.requireNonNull(timeout, "timeout").isNegative()
                    || timeout.isZero()
                    || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
                throw new IllegalArgumentException("queryTimeout: " + timeout + " is not above 0 and at most "
                        + LONGEST_TIMEOUT + "; a few seconds are usual");
            }
            this.queryTimeout = timeout;
            return this;
        }

        /**
         * Lets {@link #build} create the tables where they are missing, also when several processes do so at once. Default:
         * they are there, made from {@code dev/latchkey/jdbc/schema-postgresql.sql} or {@code schema-h2.sql} of the jar.
         *
         * @return this builder
         */
        public Builder createSchema() {
            this.create = true;
            return this;
        }

        /**
         * Makes the store, and looks whether its tables are there and of the right version.
         *
         * @return the store
         * @throws TokenStoreException if the database cannot be reached, or the tables are missing or of another version
         * @throws IllegalStateException if there is no encryption
         * @throws IllegalArgumentException if it is a database that the store does not know
         */
        public JdbcTokenStore build() throws TokenStoreException {
            if (encryption == null) {
                throw new IllegalStateException(
                        "encryption: it is not set; tokens are not stored in clear. Make a key with"
                                + " openssl rand -base64 32, and set encryption(TokenEncryption.ofBase64(name, key))");
            }
            SqlFailures failures = new SqlFailures(table);
            Database plain = Database.of(dataSource, seconds(queryTimeout), failures);
            Dialect dialect = Dialect.of(product(plain));
            Database database = dialect.database(plain);
            prepare(new Schema(database, dialect, table, failures));
            return new JdbcTokenStore(
                    database, Statements.of(dialect, table), encryption, failures, dialect + " " + table);
        }

        private void prepare(Schema schema) throws TokenStoreException {
            if (create) {
                schema.createIfMissing();
            }
            schema.check();
        }

        private static String product(Database database) throws TokenStoreException {
            return database.use(
                    "Opening the token store",
                    connection -> connection.getMetaData().getDatabaseProductName());
        }

        private static int seconds(Duration timeout) {
            return Math.toIntExact(timeout.plusSeconds(1).minusNanos(1).toSeconds());
        }
    }
}
