package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.token.AccessToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenType;
import java.time.Instant;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is kept from one request to the next must never be of another token, another caller's headers or another body. */
@Timeout(10)
class DressedHeadersTest {
    private final DressedHeaders headers = new DressedHeaders(Map.of("x-client-key", "key"), "Authorization", true);
    private final AccessToken one = token("one");
    private final AccessToken two = token("two");

    private static AccessToken token(String value) {
        return AccessToken.of(value, TokenType.BEARER, Scope.none(), Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
    }

    private static Request.Builder get() {
        return new Request.Builder().url("https://api.example.com/").header("Accept", "application/json");
    }

    @Test
    void of_sameAgain_isTheSameObject() {
        Headers first = headers.of(get().build(), one);

        assertThat(first.get("Authorization")).isEqualTo("Bearer one");
        assertThat(first.get("x-client-key")).isEqualTo("key");
        assertThat(first.get("Accept")).isEqualTo("application/json");
        assertThat(headers.of(get().build(), one)).isSameAs(first);
    }

    @Test
    void of_otherToken_carriesThatOne() {
        headers.of(get().build(), one);

        assertThat(headers.of(get().build(), two).values("Authorization")).containsExactly("Bearer two");
        assertThat(headers.of(get().build(), null).get("Authorization")).isNull();
        assertThat(headers.of(get().build(), one).values("Authorization")).containsExactly("Bearer one");
    }

    @Test
    void of_otherHeaders_keepsThem() {
        headers.of(get().build(), one);
        Headers other = headers.of(get().header("Accept", "text/plain").build(), one);

        assertThat(other.values("Accept")).containsExactly("text/plain");
        assertThat(other.values("Authorization")).containsExactly("Bearer one");
    }

    @Test
    void of_headersPutOnByHand_areLeftAlone() {
        headers.of(get().build(), one);
        Headers byHand = headers.of(
                get().header("authorization", "Basic mine")
                        .header("X-Client-Key", "mine")
                        .build(),
                one);

        assertThat(byHand.values("Authorization")).containsExactly("Basic mine");
        assertThat(byHand.values("x-client-key")).containsExactly("mine");
    }

    @Test
    void of_bodyOrNone_decidesOverItsType() {
        Request without = get().header("Content-Type", "application/json").build();
        Request with = without.newBuilder().post(RequestBody.create("{}", null)).build();

        assertThat(headers.of(without, one).get("Content-Type")).isNull();
        assertThat(headers.of(with, one).get("Content-Type")).isEqualTo("application/json");
        assertThat(headers.of(without, one).get("Content-Type")).isNull();
    }

    @Test
    void of_tokenThatNoHeaderMayCarry_isRefusedHoweverOften() {
        AccessToken split = token("a\r\nx-evil: 1");

        assertThatThrownBy(() -> headers.of(get().build(), split)).isInstanceOf(IllegalArgumentException.class);
        assertThat(headers.of(get().build(), one).get("Authorization")).isNotNull();
        assertThatThrownBy(() -> headers.of(get().build(), split)).isInstanceOf(IllegalArgumentException.class);
    }
}
