package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class QuickStartTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void demo_allScenes_holdAndReadWell() {
        assertThat(run(Map.of())).isZero();

        String page = bytes.toString(StandardCharsets.UTF_8);
        assertThat(page)
                .contains("RS384", "client-authentication+jwt", "client_assertion          *****")
                .contains("token requests so far     1  (ok)")
                .contains("a token request, not answered yet  (ok)")
                .contains("401, then 200  (ok)")
                .contains("InvalidClientException  (ok)", "NotFoundException  (ok)", "MissingClientKeyException  (ok)")
                .contains("assertions used twice     0  (ok)")
                .contains("All is well: 24 of 24 claims held.")
                .doesNotContain("FAILED");
        assertThat(page.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(page).matches("(?s)[\\x0A\\x0D\\x20-\\x7E]*");
    }

    @Test
    void real_missingVariable_isBadConfiguration() {
        assertThat(run(Map.of("REDOX_CLIENT_ID", "me"))).isEqualTo(2);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("REDOX_KEY is not set");
    }

    @Test
    void real_unreadableKey_isBadConfiguration(@TempDir Path folder) {
        Map<String, String> environment = Map.of(
                "REDOX_CLIENT_ID",
                "me",
                "REDOX_KID",
                "k",
                "REDOX_KEY",
                folder.resolve("none.pem").toString());

        assertThat(run(environment)).isEqualTo(2);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("none.pem");
    }

    private int run(Map<String, String> environment) {
        return QuickStart.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), environment);
    }
}
