package dev.latchkey.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.Driver;

/** The databases that tests run on, each started once, when it is first asked for. */
public enum Engine {
    POSTGRESQL,
    H2;

    private static final AtomicInteger TABLES = new AtomicInteger();

    /** A server for this run of the tests; its shutdown hook ends it. */
    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Pools {
        private static final SmallPool POSTGRES = new SmallPool(POSTGRESQL.source());
        private static final SmallPool MEMORY = new SmallPool(H2.source());
    }

    @SuppressWarnings("exports")
    public static EmbeddedPostgres postgres() {
        return Server.POSTGRES;
    }

    /** Opens connections, of which each is a new one. */
    SmallPool.Source source() {
        return this == POSTGRESQL
                ? postgres().getPostgresDatabase()::getConnection
                : () -> new Driver().connect("jdbc:h2:mem:latchkey;DB_CLOSE_DELAY=-1", new Properties());
    }

    /** A pool on the database. */
    SmallPool pool() {
        return this == POSTGRESQL ? Pools.POSTGRES : Pools.MEMORY;
    }

    /** A name that no other test has. */
    public static String freshTable() {
        return "tokens_" + TABLES.incrementAndGet();
    }

    /** A store on a table of its own. */
    JdbcTokenStore freshStore() throws IOException {
        return store(freshTable());
    }

    /** One more store on a table, as another process has it. */
    JdbcTokenStore store(String table) throws IOException {
        return Fixtures.storeOn(pool(), table).createSchema().build();
    }
}
