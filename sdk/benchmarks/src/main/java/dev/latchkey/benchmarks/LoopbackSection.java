package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.peer.Library;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a library adds to a whole call. The differences are a few hundredths of what is measured, and the machine changes by more
 * than that from minute to minute: so the contenders take turns, several times.
 */
final class LoopbackSection implements Section {
    private static final int TURNS = 3;

    @Override
    public void run(Measuring measuring) throws Exception {
        Map<Library, List<Measuring.Figures>> all = new EnumMap<>(Library.class);
        for (int turn = 0; turn < TURNS; turn++) {
            for (Library library : Library.values()) {
                all.computeIfAbsent(library, any -> new ArrayList<>())
                        .add(measuring.jmh(LoopbackBenchmark.class, "get", 1, "library", library.name()));
            }
        }
        Table table = new Table("GET over loopback", "µs", "of the limit", "CPU µs", "of the limit", "B/op");
        Measuring.Figures limit = Measuring.median(all.get(Library.LIMIT), Measuring.Figures::time);
        all.forEach((library, figures) -> {
            Measuring.Figures median = Measuring.median(figures, Measuring.Figures::time);
            table.row(
                    library == Library.LIMIT ? "headers put on by hand" : library.label(),
                    median.time(),
                    Table.times(median.time() / limit.time()),
                    median.cpu() / 1000,
                    Table.times(median.cpu() / limit.cpu()),
                    median.bytes());
        });
        table.print();
    }
}
