package dev.latchkey.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** one case per rule. */
@Timeout(10)
class ProblemDetailsTest {
    @Test
    void of_allMembers_areRead() {
        ProblemDetails problem = ProblemDetails.of(Map.of(
                "type", "https://example.com/out-of-credit",
                "title", "No credit",
                "status", 403,
                "detail", "Balance is 30",
                "instance", "/account/1",
                "balance", 30,
                "accounts", List.of("a", "b")));

        assertThat(problem.type()).isEqualTo("https://example.com/out-of-credit");
        assertThat(problem.title()).contains("No credit");
        assertThat(problem.status()).hasValue(403);
        assertThat(problem.detail()).contains("Balance is 30");
        assertThat(problem.instance()).contains("/account/1");
        assertThat(problem.extensions()).isEqualTo(Map.of("balance", 30, "accounts", List.of("a", "b")));
        assertThat(problem.toString()).contains("No credit");
    }

    @Test
    void of_membersOfWrongType_countAsAbsent() {
        ProblemDetails problem = ProblemDetails.of(
                Map.of("type", 7, "title", List.of(), "status", "403", "detail", Map.of(), "instance", true));

        assertThat(problem.type()).isEqualTo("about:blank");
        assertThat(problem.title()).isEmpty();
        assertThat(problem.status()).isEmpty();
        assertThat(problem.detail()).isEmpty();
        assertThat(problem.instance()).isEmpty();
        assertThat(problem.extensions()).isEmpty();
    }

    @Test
    void of_nothing_isAboutBlank() {
        Map<String, Object> nulls = new HashMap<>();
        nulls.put("type", null);
        nulls.put("title", " ");

        assertThat(ProblemDetails.of(nulls).type()).isEqualTo("about:blank");
        assertThat(ProblemDetails.of(nulls).title()).isEmpty();
    }
}
