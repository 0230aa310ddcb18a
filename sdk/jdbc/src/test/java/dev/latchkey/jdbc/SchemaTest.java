package dev.latchkey.jdbc;

import static dev.latchkey.jdbc.Fixtures.ALICE;
import static dev.latchkey.jdbc.Fixtures.encryption;
import static dev.latchkey.jdbc.Fixtures.race;
import static dev.latchkey.jdbc.Fixtures.storeOn;
import static dev.latchkey.jdbc.Fixtures.token;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.TokenStoreException;
import java.io.InputStream;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables come into being once, and are looked at before they are used. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Engine.class)
class SchemaTest {
    private final Engine engine;
    private final SmallPool pool;
    private final String table = Engine.freshTable();

    SchemaTest(Engine engine) {
        this.engine = engine;
        this.pool = engine.pool();
    }

    @Test
    void createSchema_eightAtOnce_allSucceed() throws Exception {
        for (int round = 0; round < 5; round++) {
            String fresh = Engine.freshTable();

            race(8, () -> engine.store(fresh).load(ALICE));

            assertThat(pool.query("select version from " + fresh + "_schema")).containsExactly("1");
        }
    }

    @Test
    void createSchema_again_keepsWhatIsThere() throws Exception {
        engine.store(table).compareAndSet(ALICE, 0, token(1));

        assertThat(engine.store(table).load(ALICE)).isPresent();
    }

    @Test
    void createSchema_halfDone_isCompleted() throws Exception {
        engine.store(table);
        pool.execute("drop table " + table);
        pool.execute("delete from " + table + "_schema");

        assertThat(engine.store(table).load(ALICE)).isEmpty();
    }

    @Test
    void createSchema_inASchema_isFound() throws Exception {
        pool.execute("create schema s_" + table);

        engine.store("s_" + table + "." + table).compareAndSet(ALICE, 0, token(1));

        assertThat(pool.query("select generation from s_" + table + "." + table))
                .containsExactly("1");
    }

    @Test
    void shippedFile_appliedByHand_isWhatTheStoreWants() throws Exception {
        pool.execute("create schema s_" + table);
        String schema = engine == Engine.H2 ? ("s_" + table).toUpperCase(Locale.ROOT) : "s_" + table;
        SmallPool inSchema = new SmallPool(engine.source(), connection -> connection.setSchema(schema));
        inSchema.execute(shippedFile());
        inSchema.execute(shippedFile());

        JdbcTokenStore store =
                JdbcTokenStore.builder(inSchema).encryption(encryption()).build();

        assertThat(store.compareAndSet(ALICE, 0, token(1))).isTrue();
        assertThat(pool.query("select generation from s_" + table + ".latchkey_token"))
                .containsExactly("1");
    }

    private String shippedFile() throws Exception {
        String name = engine == Engine.H2 ? "schema-h2.sql" : "schema-postgresql.sql";
        try (InputStream in = JdbcTokenStore.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void build_withoutTables_namesBothWays() {
        assertThatThrownBy(() -> storeOn(pool, table).build())
                .isInstanceOfSatisfying(TokenStoreException.class, e -> {
                    assertThat(e.isRetryable()).isFalse();
                    assertThat(e.remedy())
                            .contains("createSchema()", "dev/latchkey/jdbc/schema-postgresql.sql", "schema-h2.sql");
                })
                .hasMessageStartingWith("Looking at the schema of the token store at table " + table);
    }

    @Test
    void build_tokenTableMissing_isNoticed() throws Exception {
        engine.store(table);
        pool.execute("drop table " + table);

        assertThatThrownBy(() -> storeOn(pool, table).build()).hasMessageContaining("createSchema()");
    }

    @Test
    void build_columnMissing_isNoticed() throws Exception {
        engine.store(table);
        pool.execute("alter table " + table + " drop column lease_owner");

        assertThatThrownBy(() -> storeOn(pool, table).createSchema().build())
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("one of its columns is not there");
    }

    @Test
    void build_anotherVersion_isRefused() throws Exception {
        engine.store(table);
        pool.execute("update " + table + "_schema set version = 7");

        assertThatThrownBy(() -> storeOn(pool, table).createSchema().build())
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("it has version 7")
                .hasMessageContaining("works with version 1")
                .hasMessageContaining(engine == Engine.H2 ? "schema-h2.sql" : "schema-postgresql.sql")
                .hasMessageContaining(table + "_schema");
    }

    @Test
    void build_noVersion_isRefused() throws Exception {
        engine.store(table);
        pool.execute("delete from " + table + "_schema");

        assertThatThrownBy(() -> storeOn(pool, table).build())
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("it has no version");
    }
}
