package dev.latchkey.examples.cli;

import java.util.List;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the arguments. What was typed is not repeated: it may be a secret. */
final class BadArguments implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        var err = e.getCommandLine().getErr();
        err.println("latchkey: " + message(e));
        if (List.of(args).contains("--json")) {
            Failure failure = Failure.of(new UsageException(message(e)));
            e.getCommandLine().getOut().println(JsonReport.badArguments(failure));
        }
        err.println("Try: " + command + " --help");
        return ExitCode.USAGE;
    }

    private static String message(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched.getUnmatched());
        }
        return String.valueOf(e.getMessage());
    }

    private static String unknown(List<String> arguments) {
        List<String> options = arguments.stream()
                .filter(argument -> argument.matches("--?[A-Za-z][A-Za-z-]*(=.*)?"))
                .map(argument -> argument.replaceFirst("=.*", ""))
                .toList();
        if (options.contains("--client-secret") || options.contains("--key-password")) {
            return "A secret on the command line is seen by everyone on this machine. Put it into an environment variable"
                    + " and name that: --client-secret-env NAME, --key-password-env NAME.";
        }
        return options.isEmpty()
                ? "There is an argument too many, or one that is no command."
                : "Unknown: " + String.join(", ", options);
    }
}
