package dev.latchkey.examples.cli;

/** What the tool tells the shell. */
final class ExitCode {
    static final int DONE = 0;
    /** A fault of the tool itself. */
    static final int BUG = 1;

    static final int USAGE = 2;
    static final int REFUSED_BY_AUTHORIZATION_SERVER = 3;
    static final int REFUSED_BY_API = 4;
    static final int NO_USABLE_ANSWER = 5;

    private ExitCode() {}
}
