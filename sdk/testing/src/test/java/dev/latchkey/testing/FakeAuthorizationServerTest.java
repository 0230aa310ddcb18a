package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FakeAuthorizationServerTest {

    private final FakeTime time = new FakeTime();
    private final FakeAuthorizationServer server = FakeAuthorizationServer.start(time);
    private final OkHttpClient http = new OkHttpClient();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void clientCredentials_privateKeyJwt_issuesAnActiveToken() throws IOException {
        server.register(
                FakeClient.privateKeyJwt("my-client", Keys.jwkSet(Keys.RSA)).scopes("a", "b"));
        String assertion =
                Jwts.minimal("my-client", server.issuer(), time.instant()).sign(Keys.RSA, "RS384");

        TokenCall.Result result =
                TokenCall.clientCredentials(server).assertion(assertion).send(http);

        assertThat(result.text()).contains("access_token");
        assertThat(server.isActive(result.accessToken())).isTrue();
        assertThat(server.scopeOf(result.accessToken())).containsExactly("a", "b");
        assertThat(server.violations()).isEmpty();
    }
}
