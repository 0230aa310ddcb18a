package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.OAuthException;
import dev.latchkey.testing.DocumentedError;
import dev.latchkey.testing.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The table of {@code docs/errors.md} is what the code does: each line is an answer of a simulator and the exception that came of
 * it. After a change run the test with {@code -Dlatchkey.docs.update=true}, which writes it anew.
 */
@Timeout(60)
class ErrorTableTest {
    private static final Path PAGE = Path.of("../../docs/errors.md");
    private static final String BEGIN = "<!-- The table below is generated; see CONTRIBUTING.md. -->\n";
    private static final String HEAD = """
            | Provider | Where | Status | Body | Exception | Retry? | Remedy |
            |---|---|---|---|---|---|---|
            """;

    @Test
    void errorsPage_table_isWhatTheCodeDoes() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String written = page.substring(0, begin) + "\n" + table();
        if (Boolean.getBoolean("latchkey.docs.update")) {
            Files.writeString(PAGE, written);
        }

        assertThat(page).contains(BEGIN);
        assertThat(Files.readString(PAGE))
                .as("docs/errors.md differs from what the code does; run this test with -Dlatchkey.docs.update=true")
                .isEqualTo(written);
    }

    private static String table() throws IOException {
        StringBuilder table = new StringBuilder(HEAD);
        for (DocumentedError row : DocumentedError.all()) {
            OAuthException caught = DocumentedFailure.of(row, new FakeTime());
            table.append("| ")
                    .append(String.join(
                            " | ",
                            caught.provider().orElseThrow(),
                            row.endpoint(),
                            row.status() + (row.source().equals("assumed") ? " (not documented)" : ""),
                            row.body().isEmpty() ? "empty" : code(row.body()),
                            DocumentedFailure.typeOf(caught).replaceFirst("Exception$", ""),
                            caught.isRetryable() ? "yes" : "no",
                            cell(remedy(caught))))
                    .append(" |\n");
        }
        return table.toString();
    }

    /** Without what differs from call to call: the assertion that was sent, and the address. */
    private static String remedy(OAuthException caught) {
        return caught.remedy().replaceFirst("(?s) The assertion said .*", "");
    }

    private static String code(String text) {
        return "`" + cell(text) + "`";
    }

    private static String cell(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining(" ")).replace("|", "\\|");
    }

    @Test
    void remedy_everyRow_isAWholeSentence() throws IOException {
        for (DocumentedError row : DocumentedError.all()) {
            String remedy = remedy(DocumentedFailure.of(row, new FakeTime()));
            assertThat(remedy).as(row.id()).endsWith(".").doesNotContain("null");
            assertThat(remedy.toLowerCase(Locale.ROOT)).as(row.id()).doesNotContain("secret=");
        }
    }
}
