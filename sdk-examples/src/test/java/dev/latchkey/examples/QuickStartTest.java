package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.examples.quickstart.ProviderRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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
        assertReadable(page);
    }

    private static void assertReadable(String page) {
        assertThat(page.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(page).matches("(?s)[\\x0A\\x0D\\x20-\\x7E]*");
    }

    static List<String> providers() {
        return ProviderRun.names();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void provider_allScenes_holdAndShowNoSecret(String provider) {
        assertThat(run(Map.of(), provider)).isZero();

        String page = bytes.toString(StandardCharsets.UTF_8);
        assertThat(page)
                .contains(
                        "401, then 200  (ok)",
                        "A documented error: " + provider,
                        "breaches of protocol      none  (ok)")
                .containsPattern("All is well: (2\\d) of \\1 claims held")
                .doesNotContain("FAILED", "quickstart-secret")
                .doesNotContainPattern("Bearer [^*]|\"access_token\"");
        assertReadable(page);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    redox | kid                       quickstart-key  (ok)
                    oath  | X-Auth-Token              *****  (ok)
                    oath  | realm                     dsp  (ok)
                    baanx | Content-Type              application/json  (ok)
                    baanx | that refresh token now    spent  (ok)
                    olx   | Version                   2.0  (ok)
                    olx   | that refresh token now    still good  (ok)
                    smart | scope                     system/*.rs  (ok)
                    """)
    void provider_particular_isShown(String provider, String row) {
        run(Map.of(), provider);

        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains(row);
    }

    @Test
    void provider_unknown_isRefusedWithTheNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(Map.of(), "other"))
                .withMessage("provider: unknown; use one of redox, oath, baanx, olx, smart, or leave it out.");
    }

    @Test
    void provider_namedBesideAClientAtRedox_goesFirst() {
        assertThat(run(Map.of("REDOX_CLIENT_ID", "me"), "redox")).isZero();
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
        return run(environment, "");
    }

    private int run(Map<String, String> environment, String provider) {
        return QuickStart.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), environment, provider);
    }
}
