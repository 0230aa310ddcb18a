package dev.latchkey.jdbc;

import static dev.latchkey.jdbc.Fixtures.ALICE;
import static dev.latchkey.jdbc.Fixtures.BOB;
import static dev.latchkey.jdbc.Fixtures.KEY;
import static dev.latchkey.jdbc.Fixtures.everything;
import static dev.latchkey.jdbc.Fixtures.key;
import static dev.latchkey.jdbc.Fixtures.token;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.store.TokenEncryption;
import dev.latchkey.store.TokenStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What lies in the table tells nothing, and what was changed there is not believed (V-25, V-37, F-29). */
@Timeout(60)
@ParameterizedClass
@EnumSource(Engine.class)
class SecretsTest {
    private final Engine engine;
    private final String table = Engine.freshTable();
    private JdbcTokenStore store;

    SecretsTest(Engine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void fill() throws IOException {
        store = engine.store(table);
        store.compareAndSet(ALICE, 0, token(1));
        store.compareAndSet(BOB, 0, token(1));
    }

    @Test
    void table_all_hasNoTokenAndNoUserInClear() throws Exception {
        store.lease(ALICE, "host-1", Duration.ofSeconds(9));

        String all = String.join("\n", engine.pool().query("select * from " + table));

        assertThat(all).contains(ALICE.id(), "host-1").doesNotContain("canary", "client", "example");
        assertThat(Pattern.compile("[|.\n]").splitAsStream(all).map(SecretsTest::decoded))
                .noneMatch(part -> part.contains("canary"));
        assertThat(engine.pool().query("select content from " + table))
                .hasSize(2)
                .allMatch(content -> content.matches("[A-Za-z0-9_-]+\\.(\\.[A-Za-z0-9_-]+){3}"));
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    @Test
    void toString_ofTheStore_namesTheTable() {
        assertThat(store).hasToString("JdbcTokenStore[" + engine + " " + table + "]");
    }

    @Test
    void rotation_ofTheKey_readsTheOldAndWritesTheNew() throws Exception {
        TokenStore rotated = store(TokenEncryption.of("2027-01", key(2)).withFormerKey("2026-11", KEY));
        TokenStore newOnly = store(TokenEncryption.of("2027-01", key(2)));

        assertThat(rotated.load(ALICE).map(Fixtures::everything)).contains(everything(token(1)));
        assertThat(rotated.compareAndSet(ALICE, 1, token(2))).isTrue();

        assertThat(newOnly.load(ALICE).map(Fixtures::everything)).contains(everything(token(2)));
        assertThatThrownBy(() -> newOnly.load(BOB))
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("2026-11")
                .hasMessageContaining("withFormerKey")
                .hasMessageContaining("row " + BOB.id());
        assertThat(rotated.load(BOB)).isPresent();
    }

    private TokenStore store(TokenEncryption encryption) throws IOException {
        return JdbcTokenStore.builder(engine.pool())
                .encryption(encryption)
                .tableName(table)
                .build();
    }

    /** F-29: cut anywhere or changed anywhere, it is refused, and only this row. */
    @Test
    void content_damaged_isATypedError_andOthersAreUntouched() throws Exception {
        String content = content(ALICE.id());
        for (int at = 0; at < content.length(); at += 7) {
            char other = content.charAt(at) == 'A' ? 'B' : 'A';
            assertUnreadable("'" + content.substring(0, at) + other + content.substring(at + 1) + "'");
            assertUnreadable("'" + content.substring(0, at) + "'");
        }
        assertUnreadable("null");
        assertUnreadable("'" + content(BOB.id()) + "'");
        assertThat(store.load(BOB).map(Fixtures::everything)).contains(everything(token(1)));
    }

    private void assertUnreadable(String content) {
        engine.pool().execute("update " + table + " set content = " + content + " where id = '" + ALICE.id() + "'");
        assertThatThrownBy(() -> store.load(ALICE))
                .isInstanceOfSatisfying(
                        TokenStoreException.class,
                        e -> assertThat(e.isRetryable()).isFalse())
                .hasMessageContaining("at table " + table + ", row " + ALICE.id())
                .hasMessageContaining("delete the row")
                .hasMessageNotContaining("canary");
    }

    @Test
    void generation_changedByHand_isNotBelieved() {
        engine.pool().execute("update " + table + " set generation = 9 where id = '" + ALICE.id() + "'");

        assertThatThrownBy(() -> store.load(ALICE))
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("content is of generation 1, its row of generation 9");
    }

    @Test
    void deletedRow_afterDamage_isWrittenAnew() throws Exception {
        engine.pool().execute("delete from " + table + " where id = '" + ALICE.id() + "'");

        assertThat(store.load(ALICE)).isEmpty();
        assertThat(store.compareAndSet(ALICE, 0, token(1))).isTrue();
    }

    private String content(String id) {
        return engine.pool()
                .query("select content from " + table + " where id = '" + id + "'")
                .get(0);
    }
}
