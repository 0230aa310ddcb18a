package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.peer.Library;

/**
 * What the interceptor alone adds to a call. In several processes for each, since which method is compiled into which is drawn
 * anew every time, and makes a third of the time and 150 B.
 */
final class InterceptorSection implements Section {
    private static final int PROCESSES = 5;

    @Override
    public void run(Measuring one) throws Exception {
        Measuring measuring = one.inProcesses(PROCESSES);
        Table table = new Table("interceptor, stubbed chain", "ns", "of the limit", "B/op", "CPU ns");
        double limit = 0;
        for (Library library : Library.values()) {
            Measuring.Figures figures =
                    measuring.jmh(InterceptorBenchmark.class, "intercept", 1, "library", library.name());
            limit = library == Library.LIMIT ? figures.time() : limit;
            row(table, library == Library.LIMIT ? "prebuilt static headers" : library.label(), figures, limit);
            if (library == Library.LIMIT) {
                row(table, "prebuilt static headers, and the limit's token", withToken(measuring), limit);
            }
        }
        row(table, "Spring's own interceptor", measuring.jmh(SpringInterceptorBenchmark.class, "intercept", 1), limit);
        table.print();
    }

    private static Measuring.Figures withToken(Measuring measuring) throws Exception {
        return measuring.jmh(InterceptorBenchmark.class, "prebuiltWithToken", 1, "library", Library.LIMIT.name());
    }

    private static void row(Table table, String label, Measuring.Figures figures, double limit) {
        table.row(label, figures.time(), Table.times(figures.time() / limit), figures.bytes(), figures.cpu());
    }
}
