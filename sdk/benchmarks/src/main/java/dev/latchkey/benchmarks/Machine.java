package dev.latchkey.benchmarks;

/** What the figures were measured on. */
final class Machine {
    private Machine() {}

    static String description() {
        return "%d cores, %s, %s %s, Latchkey beside its peers of one run"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        System.getProperty("java.vm.name"),
                        Runtime.version());
    }
}
