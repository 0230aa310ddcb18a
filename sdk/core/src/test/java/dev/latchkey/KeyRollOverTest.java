package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.error.InvalidClientException;
import dev.latchkey.error.InvalidScopeException;
import dev.latchkey.internal.jose.KeyForms;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.testing.RecordedTokenRequest;
import dev.latchkey.token.RefreshToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F-33: one signing key takes over from another, and the server is not as far as the client, or farther. */
@Timeout(20)
class KeyRollOverTest {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final SigningKey OLD = Fixtures.p384("old");

    @TempDir
    Path folder;

    private final FakeTime time = new FakeTime();
    private final FakeAuthorizationServer server = FakeAuthorizationServer.start(time);
    private final Instant takeOver = time.instant().plus(LIFE.multipliedBy(4));
    private final SigningKey next = Fixtures.p384("next").withActiveFrom(takeOver);

    @AfterEach
    void stop() {
        server.close();
    }

    private void know(SigningKey... keys) {
        server.register(FakeClient.privateKeyJwt(Fixtures.CLIENT_ID, SigningKey.publicJwkSet(List.of(keys)))
                .scopes("read"));
        server.tokenLife(LIFE);
    }

    private TokenManager manager(SigningKey... keys) {
        return TokenManager.builder(server.tokenEndpoint())
                .clientId(Fixtures.CLIENT_ID)
                .signingKeys(List.of(keys))
                .clock(time)
                .ticker(time)
                .scheduler(time.scheduler())
                .executor(new DirectExecutor())
                .build();
    }

    private List<String> keyIds() {
        return server.tokenRequests().stream()
                .map(request -> String.valueOf(request.assertionHeader().get("kid")))
                .toList();
    }

    @Test
    void token_throughTheWholeRollOver_noCallFails() throws Exception {
        // The server learns the new key half an hour late.
        know(OLD);
        try (TokenManager tokens = manager(OLD, next)) {
            for (int minute = 0; minute < 80; minute++) {
                if (minute == 50) {
                    know(next);
                }
                assertThat(server.isActive(tokens.token().value()))
                        .as("minute %s", minute)
                        .isTrue();
                time.advance(Duration.ofMinutes(1));
            }
        }
        assertThat(keyIds())
                .startsWith("old", "old")
                .containsSequence("next", "old", "next", "old")
                .endsWith("next", "next");
        assertThat(server.repeatedJtiCount()).isZero();
        assertThat(server.violations()).isEmpty();
    }

    @Test
    void token_oldKeyWithdrawnEarly_theNextOneSigns() throws Exception {
        know(next);
        try (TokenManager tokens = manager(OLD, next)) {
            assertThat(server.isActive(tokens.token().value())).isTrue();
        }
        assertThat(keyIds()).containsExactly("old", "next");
    }

    @Test
    void token_ofAUser_spendsTheRefreshTokenOnce() throws Exception {
        know(OLD);
        time.advance(LIFE.multipliedBy(4));
        try (TokenManager tokens = manager(OLD, next)) {
            TokenSource user = tokens.adopt("42", RefreshToken.of(server.issueRefreshToken(Fixtures.CLIENT_ID)));
            for (int i = 0; i < 3; i++) {
                assertThat(server.isActive(user.token().value())).isTrue();
                time.advance(LIFE);
            }
        }
        assertThat(keyIds()).containsExactly("next", "old", "next", "old", "next", "old");
        assertThat(server.killedFamilyCount()).isZero();
    }

    @Test
    void token_neitherKeyKnown_failsWithTheKeyWhoseTurnItIs() {
        know(Fixtures.p384("stranger"));
        try (TokenManager tokens = manager(OLD, next)) {
            assertThatThrownBy(tokens::token)
                    .isInstanceOfSatisfying(
                            InvalidClientException.class,
                            refused ->
                                    assertThat(refused.remedy()).contains("old").doesNotContain("next"));
        }
        assertThat(keyIds()).containsExactly("old", "next");
    }

    @Test
    void token_otherRefusalWithTheOtherKey_isTheOneThatCounts() {
        know(next);
        try (TokenManager tokens = manager(OLD, next)) {
            assertThat(catchThrowable(() -> tokens.scope("write").token())).isInstanceOf(InvalidScopeException.class);
        }
        assertThat(keyIds()).containsExactly("old", "next");
    }

    @Test
    void token_oneKeyOrAnotherRefusal_isNotAskedForTwice() {
        know(OLD);
        try (TokenManager one = manager(Fixtures.p384("stranger"));
                TokenManager two = manager(OLD, next)) {
            assertThat(catchThrowable(one::token)).isInstanceOf(InvalidClientException.class);
            assertThat(catchThrowable(() -> two.scope("write").token())).isInstanceOf(InvalidScopeException.class);
        }
        assertThat(server.tokenRequests())
                .hasSize(2)
                .extracting(RecordedTokenRequest::status)
                .doesNotContain(200);
    }

    @Test
    void keyFile_spoiltWhileAManagerRuns_disturbsNobody() throws Exception {
        // F-34: a key is read once, so a bad file fails where it is read and nowhere else.
        var pair = KeyForms.ec("secp384r1");
        Path file = Files.writeString(folder.resolve("key.pem"), KeyForms.pkcs8(pair.getPrivate()));
        know(SigningKey.of(pair).withKeyId("old"));
        try (TokenManager tokens = manager(SigningKey.read(file).withKeyId("old"))) {
            tokens.token();
            Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nMIG2AgEAMBAGByq");
            assertThatThrownBy(() -> SigningKey.read(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("key.pem");
            Files.delete(file);
            for (int i = 0; i < 3; i++) {
                time.advance(LIFE);
                assertThat(server.isActive(tokens.token().value())).isTrue();
            }
        }
    }
}
