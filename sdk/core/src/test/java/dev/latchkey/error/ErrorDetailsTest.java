package dev.latchkey.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ErrorDetailsTest {
    @Test
    void message_allParts_readsAsOneLine() {
        ErrorDetails details = ErrorDetails.builder("Token request", "answered 401")
                .outcome("answered 401 invalid_client")
                .where("auth.example.com/token")
                .requestId("r-1")
                .remedy("Check the kid.")
                .build();

        assertThat(details.message())
                .isEqualTo("Token request at auth.example.com/token: answered 401 invalid_client (request id r-1)."
                        + " Check the kid.");
        assertThat(details).hasToString(details.message());
    }

    @Test
    void message_fewParts_leavesOutTheRest() {
        ErrorDetails details =
                ErrorDetails.builder("Reading the store", "file is torn").build();

        assertThat(details.message()).startsWith("Reading the store: file is torn. Look at the cause");
        assertThat(details.where()).isEmpty();
        assertThat(details.requestSent()).isTrue();
        assertThat(details.isRetryable()).isFalse();
        assertThat(details.status()).isZero();
    }

    @Test
    void remedy_blank_keepsTheOneBefore() {
        ErrorDetails details = ErrorDetails.builder("a", "b")
                .remedy("First.")
                .remedy(" ")
                .remedy(null)
                .build();

        assertThat(details.remedy()).isEqualTo("First.");
    }

    // V-34: CR LF, ANSI, bidi, zero width, NUL, DEL, C1, line separator, lone surrogate, private use
    @Test
    void texts_hostile_areEscaped() {
        String hostile = "a\r\nb\u001b[31mc\u202ed\u200be\u0000f\u007fg\u009bh\u2028i\ud800j\ue000k\tl";
        String escaped = "a\\r\\nb\\u001b[31mc\\u202ed\\u200be\\u0000f\\u007fg\\u009bh\\u2028i\\ud800j\\ue000k\\tl";

        ErrorDetails details = ErrorDetails.builder(hostile, hostile)
                .where(hostile)
                .remedy(hostile)
                .requestId(hostile)
                .provider(hostile)
                .description(hostile)
                .errorUri(hostile)
                .bodyExcerpt(hostile)
                .members(Map.of(hostile, List.of(Map.of("x", hostile))))
                .build();

        assertThat(List.of(
                        details.attempt(),
                        details.outcome(),
                        details.where().orElseThrow(),
                        details.remedy(),
                        details.requestId().orElseThrow(),
                        details.provider().orElseThrow(),
                        details.description().orElseThrow(),
                        details.errorUri().orElseThrow(),
                        details.bodyExcerpt().orElseThrow()))
                .containsOnly(escaped);
        assertThat(details.members()).isEqualTo(Map.of(escaped, List.of(Map.of("x", escaped))));
        assertThat(details.message()).doesNotContain("\n", "\r", "\u001b", "\u202e");
    }

    @Test
    void texts_aboveTheBasicPlane_areKeptOrEscapedWhole() {
        ErrorDetails details = ErrorDetails.builder("a", "b")
                .description("\ud83d\ude00 gr\u00fc\u00dfe")
                .errorUri("\udb40\udc41")
                .build();

        assertThat(details.description()).contains("\ud83d\ude00 gr\u00fc\u00dfe");
        assertThat(details.errorUri()).contains("\\udb40\\udc41");
    }

    @Test
    void texts_long_areCutWithoutSplittingACharacter() {
        ErrorDetails details = ErrorDetails.builder("a", "b")
                .description("\ud83d\ude00".repeat(5000))
                .bodyExcerpt("x".repeat(5000))
                .build();

        assertThat(details.description().orElseThrow()).hasSize(1025).endsWith("\ud83d\ude00\u2026");
        assertThat(details.bodyExcerpt().orElseThrow()).hasSize(1025).endsWith("x\u2026");
    }

    @Test
    void members_huge_areBounded() {
        Map<String, Object> raw = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            raw.put("m" + i, new ArrayList<>(Collections.nCopies(1000, "y".repeat(2000))));
        }

        Map<String, Object> kept =
                ErrorDetails.builder("a", "b").members(raw).build().members();

        assertThat(kept).hasSizeLessThanOrEqualTo(64);
        assertThat(kept.values().stream().mapToInt(v -> ((List<?>) v).size()).sum())
                .isLessThanOrEqualTo(512);
    }

    @Test
    void members_deepNullAndForeign_areLeftOut() {
        Object deep = "end";
        for (int i = 0; i < 20; i++) {
            deep = List.of(deep);
        }
        Map<String, Object> raw = new HashMap<>();
        raw.put("deep", deep);
        raw.put("null", null);
        raw.put("foreign", Locale.ROOT);
        raw.put("number", 1.5);
        raw.put("flag", true);
        raw.put("list", new ArrayList<>(Collections.nCopies(3, null)));

        Map<String, Object> kept =
                ErrorDetails.builder("a", "b").members(raw).build().members();

        assertThat(kept)
                .containsOnlyKeys("deep", "number", "flag", "list")
                .containsEntry("number", 1.5)
                .containsEntry("flag", true)
                .containsEntry("list", List.of());
        assertThat(kept.toString()).doesNotContain("end");
    }

    @Test
    void toBuilder_anyDetails_keepsAll() {
        ErrorDetails first = ErrorDetails.builder("a", "b")
                .where("w")
                .remedy("r")
                .retryable(true)
                .requestSent(false)
                .status(400)
                .retryAfter(Duration.ofSeconds(3))
                .requestId("id")
                .provider("p")
                .errorCode(ErrorCode.INVALID_GRANT)
                .description("d")
                .errorUri("u")
                .bodyExcerpt("e")
                .problem(ProblemDetails.of(Map.of("title", "t")))
                .challenges(List.of(Challenge.of("Bearer", Map.of())))
                .members(Map.of("k", "v"))
                .build();

        assertThat(first.toBuilder().build()).usingRecursiveComparison().isEqualTo(first);
    }

    @Test
    void challenges_many_areBounded() {
        List<Challenge> many = Collections.nCopies(100, Challenge.of("Bearer", Map.of()));

        assertThat(ErrorDetails.builder("a", "b").challenges(many).build().challenges())
                .hasSize(16);
    }
}
