package dev.latchkey.examples.cli;

import dev.latchkey.examples.QuickStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the library at work. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows the library at work against servers inside this process; nothing leaves the machine.",
            "With --provider they behave as one of the prepared providers.",
            "With REDOX_CLIENT_ID, REDOX_KEY (a key file) and REDOX_KID in the environment it gets a token of",
            "Redox instead, and calls REDOX_URL where that is set.",
            ""
        })
final class QuickStartCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            defaultValue = "",
            description = "run against the simulator of this provider: redox, oath, baanx, olx or smart")
    private String provider = "";

    QuickStartCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return QuickStart.run(console.out(), console.environment(), provider);
    }
}
