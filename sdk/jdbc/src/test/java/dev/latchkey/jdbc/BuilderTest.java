package dev.latchkey.jdbc;

import static dev.latchkey.jdbc.Fixtures.encryption;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.reflect.Proxy;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong settings fail where they are made, with the setting's name. */
@Timeout(30)
class BuilderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a;drop table b",
                "a.b.c",
                ".a",
                "a.",
                "1a",
                "a\"b",
                "a'b",
                "a-b",
                "a\n",
                "t\u00e9",
                "a23456789012345678901234567890123456789012345678z"
            })
    void tableName_notAPlainName_isRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().tableName(name))
                .withMessageStartingWith("tableName: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "_A9", "auth.latchkey_token", "a2345678901234567890123456789012345678901234567z"})
    void tableName_plainName_isTaken(String name) {
        assertThatCode(() -> builder().tableName(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT1H0.000000001S"})
    void queryTimeout_outOfRange_isRefused(String timeout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().queryTimeout(Duration.parse(timeout)))
                .withMessageStartingWith("queryTimeout: ");
    }

    @Test
    void build_withoutEncryption_isRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> builder().build())
                .withMessageContaining("openssl rand -base64 32");
    }

    @Test
    void build_onAnotherDatabase_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcTokenStore.builder(oracle())
                        .encryption(encryption())
                        .build())
                .withMessageStartingWith(
                        "dataSource: it leads to the database Oracle; the store knows PostgreSQL and H2");
    }

    /** Anything that is asked of it gives the same again, down to the name of the product. */
    private static DataSource oracle() {
        return (DataSource) answering(DataSource.class);
    }

    private static Object answering(Class<?> type) {
        return Proxy.newProxyInstance(BuilderTest.class.getClassLoader(), new Class<?>[] {type}, (p, method, a) -> {
            Class<?> answer = method.getReturnType();
            if (answer == String.class) {
                return "Oracle";
            }
            return answer == boolean.class ? (Object) true : answer == void.class ? null : answering(answer);
        });
    }

    @Test
    void nulls_anywhere_areRefusedByName() throws Exception {
        assertThatNullPointerException()
                .isThrownBy(() -> JdbcTokenStore.builder(null))
                .withMessage("dataSource");
        assertThatNullPointerException()
                .isThrownBy(() -> builder().encryption(null))
                .withMessage("value");
        assertThatNullPointerException()
                .isThrownBy(() -> builder().tableName(null))
                .withMessage("name");
        assertThatNullPointerException()
                .isThrownBy(() -> builder().queryTimeout(null))
                .withMessage("timeout");
        JdbcTokenStore store = Engine.H2.freshStore();
        Duration life = Duration.ofSeconds(1);
        assertThatNullPointerException().isThrownBy(() -> store.load(null)).withMessage("key");
        assertThatNullPointerException()
                .isThrownBy(() -> store.compareAndSet(Fixtures.ALICE, 0, null))
                .withMessage("next");
        assertThatNullPointerException()
                .isThrownBy(() -> store.lease(Fixtures.ALICE, null, life))
                .withMessage("owner");
        assertThatNullPointerException()
                .isThrownBy(() -> store.lease(Fixtures.ALICE, "one", null))
                .withMessage("life");
        assertThatNullPointerException()
                .isThrownBy(() -> store.release(Fixtures.ALICE, null))
                .withMessage("owner");
    }

    private static JdbcTokenStore.Builder builder() {
        return JdbcTokenStore.builder(oracle());
    }
}
