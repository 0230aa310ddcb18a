package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.TokenManager;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.token.AccessToken;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How code that uses the library is tested: a server in the process and a clock to push, so that nothing sleeps. */
@Timeout(30)
class FakeTimeExampleTest {
    @Test
    void token_pastItsEnd_isReplaced() throws IOException {
        // begin: fake time
        FakeTime time = new FakeTime();
        try (FakeAuthorizationServer server = FakeAuthorizationServer.start(time)) {
            server.register(FakeClient.clientSecretBasic("my-client", "my-secret"));
            TokenManager tokens = TokenManager.builder(server.tokenEndpoint())
                    .clientId("my-client")
                    .clientSecret("my-secret")
                    .clock(time)
                    .ticker(time)
                    .scheduler(time.scheduler())
                    .build();

            AccessToken first = tokens.token();
            time.advance(Duration.ofMinutes(6));
            AccessToken second = tokens.token();

            assertThat(second.hasSameValueAs(first)).isFalse();
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
        // end: fake time
    }
}
