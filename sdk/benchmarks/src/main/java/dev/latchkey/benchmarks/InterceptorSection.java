package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.peer.Library;

/** What the interceptor alone adds to a call. */
final class InterceptorSection implements Section {
    @Override
    public void run(Measuring measuring) throws Exception {
        Table table = new Table("interceptor, stubbed chain", "ns", "of the limit", "B/op", "CPU ns");
        double limit = 0;
        for (Library library : Library.values()) {
            Measuring.Figures figures =
                    measuring.jmh(InterceptorBenchmark.class, "intercept", 1, "library", library.name());
            limit = library == Library.LIMIT ? figures.time() : limit;
            row(table, library == Library.LIMIT ? "prebuilt static headers" : library.label(), figures, limit);
        }
        row(table, "Spring's own interceptor", measuring.jmh(SpringInterceptorBenchmark.class, "intercept", 1), limit);
        table.print();
    }

    private static void row(Table table, String label, Measuring.Figures figures, double limit) {
        table.row(label, figures.time(), Table.times(figures.time() / limit), figures.bytes(), figures.cpu());
    }
}
