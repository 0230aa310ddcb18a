package dev.latchkey.examples.cli;

import picocli.CommandLine.Option;

/** The options that say what is shown. */
final class OutputOptions {
    @Option(names = "--json", description = "print one JSON object and nothing else on standard output")
    boolean json;

    @Option(names = "--show-token", description = "print the access token itself; otherwise it is masked")
    boolean showToken;

    @Option(names = "--trace", description = "show every request and answer on standard error, secrets masked")
    boolean trace;
}
