package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class HttpAnswerTest {
    @Test
    void header_anyCase_givesTheFirstThatIsNotBlank() {
        HttpAnswer answer = HttpAnswer.of(200, Map.of("X-Id", List.of(" ", "a", "b")), new byte[0], Answers.NOW);

        assertThat(answer.header("x-id")).contains("a");
        assertThat(answer.headers("X-ID")).containsExactly(" ", "a", "b");
        assertThat(answer.header("none")).isEmpty();
        assertThat(answer.contentType()).isEmpty();
    }

    // R-29, F-22
    @ParameterizedTest
    @CsvSource({"'Fri, 20 Nov 2026 09:53:20 GMT', 400", "'Fri, 20 Nov 2026 10:02:00 GMT', -120"})
    void clockAheadSeconds_dateHeader_isTheDifference(String date, long ahead) {
        assertThat(Answers.of(400, "", "date", date).clockAheadSeconds()).contains(ahead);
    }

    @Test
    void clockAheadSeconds_noDate_isEmpty() {
        assertThat(Answers.of(400, "", "Date", "yesterday").clockAheadSeconds()).isEmpty();
        assertThat(Answers.of(400, "").clockAheadSeconds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"gzip,true", "br,true", "identity,false", "IDENTITY,false", "'',false"})
    void isCompressed_contentEncoding_decides(String coding, boolean compressed) {
        assertThat(Answers.of(200, "x", "content-encoding", coding).isCompressed())
                .isEqualTo(compressed);
    }

    @Test
    void toString_anyBody_hidesIt() {
        assertThat(Answers.json(200, "{\"access_token\":\"s3cr3t\"}").asTruncated())
                .hasToString("HttpAnswer[200, 25 bytes, truncated]");
        assertThat(Answers.json(200, "")).hasToString("HttpAnswer[200, 0 bytes]");
        assertThat(Answers.json(200, "\uFEFFx").text()).isEqualTo("x");
    }

    @Test
    void requestFacts_toString_hidesSecrets() {
        assertThat(Answers.facts().secret("s3cr3t").secret(null).build())
                .hasToString("RequestFacts[POST auth.example.com/oauth2/token]");
    }

    @ParameterizedTest
    @CsvSource({"199,false", "200,true", "299,true", "300,false"})
    void isSuccess_status_decides(int status, boolean success) {
        assertThat(Answers.json(status, "").isSuccess()).isEqualTo(success);
    }
}
