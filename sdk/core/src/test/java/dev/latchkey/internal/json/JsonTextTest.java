package dev.latchkey.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class JsonTextTest {
    @Test
    void write_textsAndNumbers_keepTheirOrder() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("iss", "client");
        members.put("exp", 1_764_000_060L);
        members.put("aud", "https://auth.example.com/token");

        assertThat(new String(JsonText.write(members), UTF_8))
                .isEqualTo("{\"iss\":\"client\",\"exp\":1764000060,\"aud\":\"https://auth.example.com/token\"}");
    }

    @Test
    void write_noMembers_isAnEmptyObject() {
        assertThat(new String(JsonText.write(Map.of()), UTF_8)).isEqualTo("{}");
    }

    @Test
    void write_hostileTexts_readBackTheSame() throws JsonException {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("grant_type", "client_credentials");
        members.put("q\"\\/\n", "\u00e4\u2028\ud83d\ude00\"\\\u0000");
        for (char c = 0; c < 0x100; c++) {
            members.put("of " + (int) c + c, "a" + c + c + "z");
        }

        byte[] json = JsonText.write(members);

        assertThat(JsonObject.read(json).toMap(UnaryOperator.identity())).isEqualTo(members);
    }
}
