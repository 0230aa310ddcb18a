package dev.latchkey.examples.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command-line tool: gets tokens, calls APIs, shows the quick start. */
@Command(
        name = "latchkey",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {"Gets OAuth access tokens and calls the APIs behind them.", ""},
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Exit codes: 0 done, 2 usage or configuration, 3 refused by the authorization server,",
            "            4 refused by the API, 5 no usable answer",
            "",
            "Start with:  java -jar latchkey.jar quickstart",
            "Then:        java -jar latchkey.jar token --help"
        })
public final class Latchkey implements Callable<Integer> {
    private Latchkey() {}

    /**
     * Runs the tool and exits.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        System.exit(run(new Console(System.out, System.err, System.getenv()), args));
    }

    /**
     * Runs the tool.
     *
     * @param out where results go
     * @param err where errors and traces go
     * @param environment the variables that options may name
     * @param args the command and its options
     * @return the exit code
     */
    public static int run(PrintStream out, PrintStream err, Map<String, String> environment, String... args) {
        return run(new Console(out, err, environment), args);
    }

    private static int run(Console console, String... args) {
        CommandLine tool = new CommandLine(new Latchkey())
                .addSubcommand(new TokenCommand(console))
                .addSubcommand(new CallCommand(console))
                .addSubcommand(new QuickStartCommand(console))
                .setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(new BadArguments())
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    Failure failure = Failure.of(e);
                    TextReport.print(console, failure);
                    return failure.exitCode();
                });
        int exitCode = tool.execute(args);
        console.flush();
        return exitCode;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    @Override
    public Integer call() {
        throw new UsageException("No command. Use token, call or quickstart; latchkey --help tells more.");
    }
}
