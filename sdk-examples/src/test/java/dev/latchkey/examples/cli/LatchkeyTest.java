package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LatchkeyTest {
    private final Tool tool = new Tool();

    @Test
    void help_namesCommandsAndExitCodes() {
        assertThat(tool.run("--help")).isZero();
        assertThat(tool.out).contains("token", "call", "quickstart", "Exit codes: 0 done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "call", "quickstart"})
    void help_ofACommand_fitsTheTerminal(String command) {
        assertThat(tool.run(command, "--help")).isZero();
        assertThat(tool.out.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(tool.out).doesNotContain("\u001b");
    }

    @Test
    void version_isTheOneOfTheBuild() {
        assertThat(tool.run("--version")).isZero();
        assertThat(tool.out).matches("(?s)latchkey \\d.*");
    }

    @Test
    void noCommand_isExitCode2() {
        assertThat(tool.run()).isEqualTo(2);
        assertThat(tool.err).startsWith("latchkey: No command.");
    }

    @Test
    void unknownCommand_isExitCode2() {
        assertThat(tool.run("frobnicate")).isEqualTo(2);
        assertThat(tool.err).doesNotContain("frobnicate");
    }

    @Test
    void json_argumentsNotUnderstood_printsOneObject() throws IOException {
        assertThat(tool.run("token", "--json")).isEqualTo(2);
        assertThat(tool.json().at("/error/type").asText()).isEqualTo("Usage");
        assertThat(tool.json().at("/error/description").asText()).contains("--client-id");
    }

    @Test
    void quickstart_runsToItsEnd() {
        assertThat(tool.run("quickstart")).isZero();
        assertThat(tool.out).contains("All is well");
    }

    @Test
    void quickstart_provider_runsAtItsSimulator() {
        assertThat(tool.run("quickstart", "--provider", "baanx")).isZero();
        assertThat(tool.out).startsWith("Latchkey quick start: Baanx").contains("All is well");
    }

    @Test
    void quickstart_emptyProvider_isTheUsualRun() {
        assertThat(tool.run("quickstart", "--provider=")).isZero();
        assertThat(tool.out).contains("client-authentication+jwt");
    }

    @Test
    void quickstart_unknownProvider_isExitCode2() {
        assertThat(tool.run("quickstart", "--provider", "frobnicate")).isEqualTo(2);
        assertThat(tool.err).contains("redox, oath, baanx, olx, smart").doesNotContain("frobnicate");
        assertThat(tool.out).isEmpty();
    }
}
