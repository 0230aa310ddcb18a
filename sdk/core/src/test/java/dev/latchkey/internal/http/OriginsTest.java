package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F-17, V-36: decided on the URL that is sent, however it is spelt. */
@Timeout(5)
class OriginsTest {
    private final Origins origins =
            Origins.of(List.of("https://API.example.com/v1?x=y", "http://[::1]:8080", "http://127.0.0.1:9000/token"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com",
                "https://api.example.com/",
                "https://api.example.com:443/any/path?q#f",
                "HTTPS://API.EXAMPLE.COM/v2",
                "https://api%2Eexample.com/",
                "https://ａｐｉ.example.com/",
                "https://api。example．com/",
                "https://user:pw@api.example.com/",
                "https://evil.com@api.example.com/",
                "https://api.example.com\\@evil.com/",
                "https:\\\\api.example.com\\x",
                "https:/api.example.com",
                "https:api.example.com",
                "https:////api.example.com/",
                "  https://api.example.com/  ",
                "https://api.example.com/\\evil.com",
                "https://api.example.com#@evil.com/",
                "https://api.example.com?@evil.com/",
                "https://api.exa\tmple.com/",
                "http://[::1]:8080/",
                "http://[0:0:0:0:0:0:0:1]:8080/",
                "http://[0000::0001]:8080/",
                "http://127.0.0.1:9000/",
            })
    void allow_anySpellingOfAnAllowedOrigin_yes(String url) {
        HttpUrl sent = HttpUrl.parse(url);
        if (sent != null) {
            assertThat(sent.host()).isIn("api.example.com", "::1", "127.0.0.1");
            assertThat(origins.allow(sent)).as(url + " is sent to " + sent).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com/",
                "http://api.example.com:443/",
                "https://api.example.com:444/",
                "https://api.example.com:80/",
                "https://api.example.com./",
                "https://example.com/",
                "https://x.api.example.com/",
                "https://api.example.com.evil.com/",
                "https://api.example.comevil.com/",
                "https://evil.com/api.example.com",
                "https://evil.com#api.example.com",
                "https://evil.com?https://api.example.com",
                "https://api.example.com@evil.com/",
                "https://api.example.com:443@evil.com/",
                "https://api.example.com%40evil.com/",
                "https://api.example.com%2F@evil.com/",
                "https://evil.com\\@api.example.com/",
                "https://evil.com\\.api.example.com/",
                "https://аpi.example.com/",
                "https://api-example.com/",
                "http://[::1]:8081/",
                "https://[::1]:8080/",
                "http://[::2]:8080/",
                "http://[::ffff:7f00:1]:8080/",
                "http://127.0.0.1:8080/",
                "http://127.0.0.1/",
                "https://127.0.0.1:9000/",
                "http://localhost:9000/",
                "http://0.0.0.0:9000/",
                "http://127.1:9000/",
                "http://2130706433:9000/",
            })
    void allow_anythingElse_no(String url) {
        HttpUrl sent = HttpUrl.parse(url);
        assertThat(sent == null || !origins.allow(sent))
                .as(url + " is sent to " + sent)
                .isTrue();
    }

    @Test
    void allow_noOrigins_nothing() {
        assertThat(Origins.of(List.of()).allow(HttpUrl.get("https://api.example.com")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:pw@Api.example.com/p?q#f, https://api.example.com",
        "https://api.example.com:444/, https://api.example.com:444",
        "http://[0::1]:8080/x, http://[::1]:8080",
        "http://127.0.0.1/x, http://127.0.0.1",
    })
    void originOf_url_isWrittenAsASettingTakesIt(String url, String origin) {
        assertThat(Origins.originOf(HttpUrl.get(url))).isEqualTo(origin);
    }

    @Test
    void toString_listsTheOriginsInOrder() {
        assertThat(origins).hasToString("http://127.0.0.1:9000, http://[::1]:8080, https://api.example.com");
    }
}
