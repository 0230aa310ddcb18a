package dev.latchkey.store;

import static dev.latchkey.store.StoreFixtures.ALICE;
import static dev.latchkey.store.StoreFixtures.BOB;
import static dev.latchkey.store.StoreFixtures.KEY;
import static dev.latchkey.store.StoreFixtures.bytes;
import static dev.latchkey.store.StoreFixtures.encryption;
import static dev.latchkey.store.StoreFixtures.everything;
import static dev.latchkey.store.StoreFixtures.full;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.internal.jose.Jwe;
import dev.latchkey.internal.json.JsonText;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenType;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into a store comes out as it was or not at all (V-25, V-37, F-29). */
@Timeout(30)
class TokenEncryptionTest {
    static Stream<StoredToken> tokens() {
        return Stream.of(
                full(7),
                full(Long.MAX_VALUE),
                StoredToken.of(StoreFixtures.access(), 1),
                StoredToken.builder(2).build(),
                StoredToken.builder(3)
                        .refreshToken(RefreshToken.of("\"quoted\" \u00e9\u4e2d\ud83d\ude00\n"), null)
                        .build(),
                StoredToken.of(AccessToken.of("x", TokenType.BEARER, Scope.none(), Instant.MIN, Instant.MAX), 4));
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void decrypt_ownText_givesEveryField(StoredToken token) throws Exception {
        String text = encryption().encrypt(ALICE, token);

        assertThat(everything(encryption().decrypt(ALICE, text))).isEqualTo(everything(token));
    }

    @Test
    void encrypt_twice_neverGivesTheSameTextNorASecret() {
        String text = encryption().encrypt(ALICE, full(1));

        assertThat(text)
                .isNotEqualTo(encryption().encrypt(ALICE, full(1)))
                .matches("[A-Za-z0-9_-]+\\.(\\.[A-Za-z0-9_-]+){3}");
        assertThat(new String(Base64.getUrlDecoder().decode(text.substring(0, text.indexOf('.'))), UTF_8))
                .contains("\"dir\"", "\"A256GCM\"", "\"kid\":\"2026-11\"");
        assertThat(text).doesNotContain("canary");
    }

    @Test
    void formerKey_stillDecrypts_andNoLongerEncrypts() throws Exception {
        String old = encryption().encrypt(ALICE, full(1));
        TokenEncryption rotated = TokenEncryption.of("2027-01", bytes(2)).withFormerKey("2026-11", KEY);

        assertThat(everything(rotated.decrypt(ALICE, old))).isEqualTo(everything(full(1)));
        String renewed = rotated.encrypt(ALICE, full(2));
        assertThat(TokenEncryption.of("2027-01", bytes(2))
                        .decrypt(ALICE, renewed)
                        .generation())
                .isEqualTo(2);
        assertThatThrownBy(() -> encryption().decrypt(ALICE, renewed)).isInstanceOf(TokenStoreException.class);
    }

    @Test
    void unknownKey_isNamedWithTheRemedy() {
        String text = encryption().encrypt(ALICE, full(1));

        assertThatThrownBy(() -> TokenEncryption.of("2027-01", bytes(2)).decrypt(ALICE, text))
                .isInstanceOfSatisfying(TokenStoreException.class, e -> {
                    assertThat(e.remedy()).contains("withFormerKey(\"2026-11\"");
                    assertThat(e).hasMessageContaining("\"2026-11\"").hasMessageContaining("[2027-01]");
                    assertThat(e.isRetryable()).isFalse();
                });
    }

    @Test
    void otherKeyOfTheSameName_isRefused() {
        String text = encryption().encrypt(ALICE, full(1));

        assertThatThrownBy(() -> TokenEncryption.of("2026-11", bytes(2)).decrypt(ALICE, text))
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("does not decrypt with the key \"2026-11\"")
                .hasNoCause();
    }

    @Test
    void textOfAnotherTokenKey_isRefused() {
        String text = encryption().encrypt(ALICE, full(1));

        assertThatThrownBy(() -> encryption().decrypt(BOB, text))
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("belongs to another token key");
    }

    // F-29
    @Test
    void text_cutAtEveryLength_isRefused() {
        String text = encryption().encrypt(ALICE, full(1));

        assertThat(IntStream.range(0, text.length()).mapToObj(length -> text.substring(0, length)))
                .hasSizeGreaterThan(300)
                .allSatisfy(TokenEncryptionTest::assertRefused);
    }

    // F-29
    @Test
    void text_withOneBitFlipped_isRefused() {
        String text = encryption().encrypt(ALICE, full(1));
        Random random = new Random(29);

        for (int i = 0; i < 2000; i++) {
            byte[] bytes = text.getBytes(UTF_8);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            assertRefused(new String(bytes, UTF_8));
        }
    }

    @Test
    void text_withAnythingAdded_isRefused() {
        String text = encryption().encrypt(ALICE, full(1));

        assertThat(Stream.of(text + "A", text + "=", text + "\n", " " + text, text + ".", text.replace("..", ".AA.")))
                .allSatisfy(TokenEncryptionTest::assertRefused);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "....",
                "{}",
                "null",
                "eyJhbGciOiJub25lIn0..AA.AA.AA",
                "eyJhbGciOiJkaXIifQ..AA.AA.AA",
                "W10..AA.AA.AA",
                "eyJraWQiOnt9LCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiZGlyIn0..AAAAAAAAAAAAAAAA.AA.AAAAAAAAAAAAAAAAAAAAAA"
            })
    void text_ofAStranger_isRefused(String text) {
        assertRefused(text);
    }

    @Test
    void text_beyondTheLimit_isRefusedUnread() {
        assertThatThrownBy(() -> encryption().decrypt(ALICE, "A".repeat((1 << 20) + 1)))
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("1048577 characters");
    }

    @Test
    void encrypt_ofWhatIsNoToken_isRefused() {
        StoredToken large = StoredToken.builder(1)
                .refreshToken(RefreshToken.of("x".repeat(300_000)), null)
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> encryption().encrypt(ALICE, large))
                .withMessageContaining("262144");
    }

    @Test
    void payload_withUnknownMembers_isRead() throws Exception {
        StoredToken token = encryption().decrypt(ALICE, text(Map.of("colour", "blue", "refresh_token", "r")));

        assertThat(token.refreshToken().orElseThrow().value()).isEqualTo("r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null"})
    void payload_withARefreshTokenThatIsNone_hasNone(String value) throws Exception {
        assertThat(encryption()
                        .decrypt(ALICE, text(Map.of("refresh_token", value)))
                        .refreshToken())
                .isEmpty();
    }

    static Stream<Map<String, String>> wrong() {
        return Stream.of(
                Map.of("generation", "0"),
                Map.of("generation", "canary"),
                Map.of("ended", "canary"),
                Map.of("attempt_started_at", "canary"),
                Map.of("access_token", "canary"),
                Map.of("key", BOB.id()),
                Map.of("v", "2"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void payload_thatMakesNoToken_isRefused(Map<String, String> members) {
        assertRefused(text(members));
    }

    @Test
    void payload_ofALaterVersion_saysSo() {
        assertThatThrownBy(() -> encryption().decrypt(ALICE, text(Map.of("v", "2"))))
                .hasMessageContaining("format version 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33, 64})
    void key_ofAnotherLength_isRefusedWithTheRemedy(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenEncryption.of("k", new byte[length]))
                .withMessageContaining("key: it has " + length + " bytes")
                .withMessageContaining("openssl rand -base64 32");
    }

    @Test
    void base64_ofEitherAlphabetAndWithWhiteSpace_isTheSameKey() throws Exception {
        byte[] key = bytes(3);
        String text = TokenEncryption.of("k", key).encrypt(ALICE, full(1));

        for (Base64.Encoder form : new Base64.Encoder[] {
            Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getUrlEncoder().withoutPadding()
        }) {
            TokenEncryption read = TokenEncryption.ofBase64("k", " " + form.encodeToString(key) + "\r\n");
            assertThat(read.decrypt(ALICE, text).generation()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "canary!", "canary", "Y2FuYXJ5"})
    void base64_thatIsNoKey_isRefusedWithoutShowingIt(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenEncryption.ofBase64("k", value))
                .withMessageContaining("openssl rand -base64 32")
                .withNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary", "Y2Fu"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "\u00e9", "a\"b"})
    void keyId_thatIsNoName_isRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenEncryption.of(name, KEY))
                .withMessageStartingWith("keyId: ");
    }

    @Test
    void formerKey_ofANameThatIsTaken_isRefused() {
        TokenEncryption two =
                encryption().withFormerKeyBase64("2026-10", Base64.getEncoder().encodeToString(KEY));

        for (String taken : new String[] {"2026-10", "2026-11"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> two.withFormerKey(taken, bytes(2)))
                    .withMessageContaining(taken);
        }
    }

    @Test
    void key_changedByTheCallerAfterwards_staysAsItWas() throws Exception {
        byte[] key = bytes(4);
        TokenEncryption encryption = TokenEncryption.of("k", key);
        key[0]++;

        assertThat(TokenEncryption.of("k", bytes(4))
                        .decrypt(ALICE, encryption.encrypt(ALICE, full(1)))
                        .generation())
                .isEqualTo(1);
    }

    @Test
    void toString_ofAnEncryption_showsNamesOnly() {
        assertThat(encryption().withFormerKey("2026-10", bytes(2)))
                .hasToString("TokenEncryption[keyIds=[2026-11, 2026-10]]");
    }

    private static String text(Map<String, String> members) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("v", "1", "key", ALICE.id(), "generation", "1"));
        all.putAll(members);
        return Jwe.encrypt("2026-11", new SecretKeySpec(KEY, "AES"), JsonText.write(all));
    }

    private static void assertRefused(String text) {
        Throwable thrown = catchThrowable(() -> encryption().decrypt(ALICE, text));

        assertThat(thrown).isInstanceOf(TokenStoreException.class).hasNoCause();
        assertThat(thrown.getMessage()).doesNotContain("canary", "nimbus", "Base64", "JSON");
    }
}
