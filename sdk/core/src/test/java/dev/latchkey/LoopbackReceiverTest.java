package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.LoginException;
import dev.latchkey.login.LoginRequest;
import dev.latchkey.login.LoopbackReceiver;
import dev.latchkey.login.PendingLogin;
import dev.latchkey.provider.Endpoint;
import dev.latchkey.provider.Provider;
import dev.latchkey.token.Scope;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopbackReceiverTest {
    private final OkHttpClient browser = new OkHttpClient();
    private final PendingLogin pending = LoginRequest.of("http://127.0.0.1:1/callback")
            .pending(
                    Provider.builder("https://auth.example.com/token")
                            .endpoint(Endpoint.AUTHORIZATION, "https://auth.example.com/authorize")
                            .build(),
                    "c",
                    Scope.none(),
                    Instant.EPOCH);
    private final String state = HttpUrl.get(pending.authorizationUrl()).queryParameter("state");

    private int status(String url) throws IOException {
        try (Response response =
                browser.newCall(new Request.Builder().url(url).build()).execute()) {
            return response.code();
        }
    }

    @Test
    void await_oneAnswer_isGivenAndThePortIsClosed() throws Exception {
        //
        try (LoopbackReceiver receiver = LoopbackReceiver.open()) {
            assertThat(receiver.redirectUri()).startsWith("http://127.0.0.1:").endsWith("/callback");
            assertThat(status(receiver.redirectUri().replace("/callback", "/favicon.ico")))
                    .isEqualTo(404);
            assertThat(status(receiver.redirectUri())).isEqualTo(404);
            assertThat(status(receiver.redirectUri() + "?code=x&state=other")).isEqualTo(200);
            assertThat(status(receiver.redirectUri() + "?code=a%20b&state=" + state))
                    .isEqualTo(200);
            assertThat(receiver.await(pending, Duration.ofSeconds(5)))
                    .isEqualTo(receiver.redirectUri() + "?code=a%20b&state=" + state);
            assertThatThrownBy(() -> status(receiver.redirectUri() + "?code=second"))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void await_nobodyComes_isATypedErrorAndThePortIsClosed() throws Exception {
        try (LoopbackReceiver receiver = LoopbackReceiver.open()) {
            assertThatThrownBy(() -> receiver.await(pending, Duration.ofMillis(1)))
                    .isInstanceOfSatisfying(
                            LoginException.class, e -> assertThat(e.remedy()).contains("Restart"));
            assertThatThrownBy(() -> status(receiver.redirectUri() + "?code=x")).isInstanceOf(IOException.class);
        }
    }
}
