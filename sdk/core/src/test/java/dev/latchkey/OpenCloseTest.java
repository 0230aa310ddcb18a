package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.clientauth.ClientSecretPost;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** F-39, F-40, F-41: managers come and go by the thousand, and the process is as it was. */
@Timeout(120)
class OpenCloseTest {
    private static final int CYCLES = 2_000;

    private final FakeAuthorizationServer server = FakeAuthorizationServer.start();

    @BeforeEach
    void register() {
        server.register(FakeClient.clientSecretPost("my-client", "my-secret"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TokenManager manager() {
        return TokenManager.builder(server.tokenEndpoint())
                .clientId("my-client")
                .clientAuthentication(ClientSecretPost.of("my-secret"))
                .build();
    }

    /** One in twenty has a token; another one is closed while it waits for it. */
    private void cycle(int number) throws Exception {
        TokenManager tokens = manager();
        CompletableFuture<?> unanswered = CompletableFuture.completedFuture(null);
        if (number % 20 == 0) {
            assertThat(tokens.token()).isNotNull();
        } else if (number % 20 == 10) {
            unanswered = tokens.scope("s").tokenAsync();
        }
        tokens.close();
        assertThat(unanswered.handle((token, e) -> true)).succeedsWithin(5, TimeUnit.SECONDS);
    }

    @Test
    void openAndClose_twoThousandTimes_leavesNoThreadNoSocketNoDescriptor() throws Exception {
        for (int i = 0; i < 100; i++) {
            cycle(i);
        }
        Residue before = Residue.settled();
        for (int i = 0; i < CYCLES; i++) {
            cycle(i);
        }
        Residue after = Residue.settledLike(before);

        assertThat(after.ownThreads()).isZero();
        assertThat(after.isLevelWith(before)).as(before + " -> " + after).isTrue();
        assertThat(after.heapBytes() - before.heapBytes()).as("heap").isLessThan(5 << 20);
        assertThat(before.descriptors() > 0).isEqualTo(Files.isDirectory(Path.of("/proc/self/fd")));
    }
}
