package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.peer.Library;

/**
 * What a library adds to a whole call. The differences are a few hundredths of what is measured, and the machine changes by more
 * than that from minute to minute: so each takes turns with the limit in one process, too, and over one connection, since two
 * connections of one process have differed by twice the time, likely by the cores that the system has put their ends on.
 */
final class LoopbackSection implements Section {
    @Override
    public void run(Measuring measuring) throws Exception {
        Table table = new Table("GET over loopback", "µs", "of the limit", "of the limit by turns", "CPU µs", "B/op");
        double limit = 0;
        for (Library library : Library.values()) {
            Measuring.Figures figures = measuring.jmh(LoopbackBenchmark.class, "get", 1, "library", library.name());
            boolean isLimit = library == Library.LIMIT;
            limit = isLimit ? figures.time() : limit;
            table.row(
                    isLimit ? "headers put on by hand" : library.label(),
                    figures.time(),
                    Table.times(figures.time() / limit),
                    Table.times(byTurns(library)),
                    figures.cpu() / 1000,
                    figures.bytes());
        }
        table.print();
    }

    private static double byTurns(Library library) throws Exception {
        LoopbackBenchmark limit = of(Library.LIMIT);
        limit.open();
        LoopbackBenchmark other = of(library);
        other.openBeside(limit);
        try {
            return Turns.SHORT.ratio(
                    times -> {
                        int octets = 0;
                        for (int i = 0; i < times; i++) {
                            octets += limit.get();
                        }
                        return octets;
                    },
                    times -> {
                        int octets = 0;
                        for (int i = 0; i < times; i++) {
                            octets += other.get();
                        }
                        return octets;
                    });
        } finally {
            limit.close();
            other.close();
        }
    }

    private static LoopbackBenchmark of(Library library) {
        LoopbackBenchmark benchmark = new LoopbackBenchmark();
        benchmark.library = library;
        return benchmark;
    }
}
