package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.testing.RecordedTokenRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** F-33: a new key takes over at its time; no call fails while both are registered, nor when the old one goes. */
@Timeout(20)
class KeyRotationTest {
    private static final SigningKey OLD = Fixtures.p384("old");
    private static final SigningKey NEW = Fixtures.p384("new");

    @Test
    void newKeyTakesOver_oldOneIsWithdrawn_noCallFails() throws Exception {
        FakeTime time = new FakeTime();
        try (FakeAuthorizationServer server = FakeAuthorizationServer.start(time)) {
            register(server, OLD, NEW);
            try (TokenManager tokens = TokenManager.builder(server.tokenEndpoint())
                    .clientId(Fixtures.CLIENT_ID)
                    .signingKeys(List.of(OLD, NEW.withActiveFrom(FakeTime.START.plus(Duration.ofMinutes(20)))))
                    .clock(time)
                    .ticker(time)
                    .executor(new DirectExecutor())
                    .build()) {
                for (int minute = 0; minute < 60; minute++) {
                    if (minute == 40) {
                        register(server, NEW);
                    }
                    assertThat(server.isActive(tokens.token().value())).isTrue();
                    time.advance(Duration.ofMinutes(1));
                }
            }
            assertThat(server.tokenRequests())
                    .extracting(
                            request -> String.valueOf(request.assertionHeader().get("kid")))
                    .contains("old", "new")
                    .isSortedAccordingTo(java.util.Collections.reverseOrder());
            assertThat(server.tokenRequests())
                    .extracting(RecordedTokenRequest::status)
                    .containsOnly(200);
        }
    }

    private static void register(FakeAuthorizationServer server, SigningKey... keys) {
        server.register(FakeClient.privateKeyJwt(Fixtures.CLIENT_ID, SigningKey.publicJwkSet(List.of(keys)))
                .audience(FakeClient.Audience.EITHER));
    }
}
