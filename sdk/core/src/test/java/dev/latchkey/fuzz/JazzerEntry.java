package dev.latchkey.fuzz;

/** What Jazzer calls, in a process of its own for each target. It is known to it by these two names alone. */
public final class JazzerEntry {
    private static Target target = input -> {};

    private JazzerEntry() {}

    public static void fuzzerInitialize(String[] arguments) {
        target = Targets.valueOf(arguments[0]).target();
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        target.read(input);
    }
}
