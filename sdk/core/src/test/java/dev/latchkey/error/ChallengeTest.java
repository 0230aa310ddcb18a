package dev.latchkey.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ChallengeTest {
    private static final Challenge CHALLENGE = Challenge.of(
            "bearer",
            Map.of(
                    "Realm",
                    "api",
                    "ERROR",
                    "insufficient_scope",
                    "error_description",
                    "more, please",
                    "scope",
                    "a b",
                    "resource_metadata",
                    "https://api.example.com/.well-known/oauth-protected-resource"));

    @Test
    void parameters_anyCase_areFound() {
        assertThat(CHALLENGE.hasScheme("Bearer")).isTrue();
        assertThat(CHALLENGE.hasScheme("DPoP")).isFalse();
        assertThat(CHALLENGE.scheme()).isEqualTo("bearer");
        assertThat(CHALLENGE.realm()).contains("api");
        assertThat(CHALLENGE.error()).contains(ErrorCode.INSUFFICIENT_SCOPE);
        assertThat(CHALLENGE.errorDescription()).contains("more, please");
        assertThat(CHALLENGE.scope()).contains("a b");
        assertThat(CHALLENGE.resourceMetadata())
                .contains("https://api.example.com/.well-known/oauth-protected-resource");
        assertThat(CHALLENGE.parameter("SCOPE")).contains("a b");
        assertThat(CHALLENGE.parameter("none")).isEmpty();
        assertThat(CHALLENGE.toString()).startsWith("bearer{");
    }

    @Test
    void accessors_blankValues_areEmpty() {
        Challenge blank = Challenge.of("Bearer", Map.of("error", " ", "error_description", ""));

        assertThat(blank.error()).isEmpty();
        assertThat(blank.errorDescription()).isEmpty();
        assertThat(blank.realm()).isEmpty();
    }

    @Test
    void equals_otherCaseOfSchemeAndNames_isEqual() {
        Challenge upper = Challenge.of("BEARER", Map.of("REALM", "api"));
        Challenge lower = Challenge.of("bearer", Map.of("realm", "api"));

        assertThat(upper).isEqualTo(lower).hasSameHashCodeAs(lower);
        assertThat(upper).isNotEqualTo(Challenge.of("bearer", Map.of("realm", "API")));
        assertThat(upper).isNotEqualTo(Challenge.of("DPoP", Map.of("realm", "api")));
        assertThat(upper).isNotEqualTo("BEARER");
    }

    // V-34
    @Test
    void of_hostileValues_areEscapedAndBounded() {
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            many.put("p" + i, "\u001b[2J" + "x".repeat(5000));
        }

        Challenge challenge = Challenge.of("Bearer", many);

        assertThat(challenge.parameters()).hasSize(32);
        assertThat(challenge.parameters().values())
                .allSatisfy(value -> assertThat(value).startsWith("\\u001b[2J").hasSizeLessThanOrEqualTo(1025));
    }
}
