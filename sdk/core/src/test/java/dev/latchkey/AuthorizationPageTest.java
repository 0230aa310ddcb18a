package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.InvalidResponseException;
import dev.latchkey.login.LoginRequest;
import dev.latchkey.provider.Baanx;
import java.io.IOException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V-16: where the server says which page a browser is sent to, it must be one that nothing but a browser would open. */
@Timeout(20)
class AuthorizationPageTest {
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String pageOf(MockResponse answer) throws IOException {
        server.enqueue(answer);
        try (TokenManager tokens = TokenManager.builder(Baanx.at("http://127.0.0.1:" + server.getPort(), "key"))
                .retries(0)
                .build()) {
            return tokens.login()
                    .begin(LoginRequest.of("https://app.example.com/callback"))
                    .authorizationUrl();
        }
    }

    private static MockResponse json(String url) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body("{\"url\":\"" + url + "\"}")
                .build();
    }

    private static MockResponse redirect(String url) {
        return new MockResponse.Builder().code(302).setHeader("Location", url).build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "file:///etc/passwd",
                "data:text/html,x",
                "http://evil.example/",
                "http://127.0.0.1.evil.example/",
                "$(touch /tmp/x)",
                "-a Calculator",
                "https://",
                "",
            })
    void begin_addressThatIsNotForABrowser_isRefused(String url) {
        assertThatThrownBy(() -> pageOf(json(url)))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "file:///etc/passwd", "http://evil.example/", "//evil.example/"})
    void begin_redirectThatIsNotForABrowser_isRefused(String url) {
        assertThatThrownBy(() -> pageOf(redirect(url))).isInstanceOf(InvalidResponseException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://pages.example/$(x);`y`|z?q='\\\"&<>", "https://pages.example/p?session=1"})
    void begin_httpsAddress_isGivenWithoutACharacterThatAShellWouldRead(String url) throws Exception {
        assertThat(pageOf(json(url)))
                .startsWith("https://pages.example/")
                .doesNotContain(" ", "\"", "'", "<", ">", "\\");
    }
}
