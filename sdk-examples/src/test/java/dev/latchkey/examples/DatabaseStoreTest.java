package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.TokenManager;
import dev.latchkey.store.TokenEncryption;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Base64;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of a store on a database runs, on H2. */
@Timeout(30)
class DatabaseStoreTest {
    private static final String SECRET = "a-secret-of-some-length-1234567890";
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @Test
    void tokens_twoManagersOnOneDatabase_askOnce() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:examples", "sa", "");
        try (FakeAuthorizationServer server = FakeAuthorizationServer.start()) {
            server.register(FakeClient.clientSecretBasic("my-client", SECRET));
            try (TokenManager one = DatabaseStore.tokens(pool, KEY, settings(server));
                    TokenManager two = DatabaseStore.tokens(pool, KEY, settings(server))) {
                assertThat(one.token().value()).isEqualTo(two.token().value());
            }
            assertThat(server.tokenRequestCount()).isEqualTo(1);
        } finally {
            pool.dispose();
        }
    }

    @Test
    void migrated_tablesOfOwnMigrations_areUsed() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:migrated", "sa", "");
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema auth");
            statement.execute("set schema auth");
            statement.execute("runscript from 'classpath:/dev/latchkey/jdbc/schema-h2.sql'");

            assertThat(DatabaseStore.migrated(pool, TokenEncryption.ofBase64("2026-1", KEY)))
                    .asString()
                    .contains("auth.latchkey_token");
        } finally {
            pool.dispose();
        }
    }

    private static TokenManager.Builder settings(FakeAuthorizationServer server) {
        return TokenManager.builder(server.tokenEndpoint())
                .clientId("my-client")
                .clientSecret(SECRET);
    }
}
