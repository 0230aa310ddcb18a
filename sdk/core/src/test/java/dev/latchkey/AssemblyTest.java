package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.clientauth.ClientSecretPost;
import dev.latchkey.provider.Provider;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import dev.latchkey.token.RefreshToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a program does not use it does not load: a start is mostly the loading of classes. */
@Timeout(20)
class AssemblyTest {
    private final FakeAuthorizationServer server = FakeAuthorizationServer.start();
    private Assembly assembly;
    private TokenManager tokens;

    @BeforeEach
    void start() {
        server.register(FakeClient.clientSecretPost("my-client", "my-secret"));
        Settings settings = new Settings();
        settings.clientId = "my-client";
        settings.clientAuthentication = ClientSecretPost.of("my-secret");
        assembly =
                Assembly.of(Config.of(Provider.builder(server.tokenEndpoint()).build(), settings));
        tokens = new TokenManager(assembly);
    }

    @AfterEach
    void stop() {
        tokens.close();
        server.close();
    }

    @Test
    void token_ofTheClient_makesNothingThatServesUsers() throws Exception {
        tokens.token();

        assertThat(assembly.users().ifMade()).isEmpty();
        assertThat(assembly.store().ifMade()).isEmpty();
    }

    @Test
    void adopt_theFirstUser_makesWhatServesThemOnce() {
        tokens.adopt("user-1", RefreshToken.of("refresh-1"));
        UserStore made = assembly.users().ifMade().orElseThrow();

        tokens.adopt("user-2", RefreshToken.of("refresh-2"));

        assertThat(assembly.users().get()).isSameAs(made);
        assertThat(assembly.store().ifMade()).isPresent();
    }
}
