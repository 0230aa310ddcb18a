package dev.latchkey.examples.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * What a run of the tool reads and writes beside its arguments.
 *
 * @param out where results go
 * @param err where errors and traces go
 * @param environment the variables that options may name
 */
record Console(PrintStream out, PrintStream err, Map<String, String> environment) {
    /** Gives the value of the variable that an option names. */
    String variable(String option, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new UsageException(option + ": the environment variable " + printable(name) + " is "
                    + (value == null ? "not set" : "blank")
                    + "; export it before the call, without a line break at its end.");
        }
        return value;
    }

    /** Whoever mistakes the secret itself for the name of its variable must not read it in an error. */
    private static String printable(String name) {
        return name.matches("[A-Z][A-Z0-9_]*") ? name : "named there";
    }

    void flush() {
        out.flush();
        err.flush();
    }
}
