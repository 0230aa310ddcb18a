package dev.latchkey.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table in Markdown. Rows are shown on the error stream as they come, since a run takes minutes. */
final class Table {
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... columns) {
        this.columns = List.of(columns);
    }

    void row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell instanceof Double number ? figure(number) : String.valueOf(cell));
        }
        rows.add(row);
        System.err.println("… " + String.join(" | ", row));
    }

    void print() {
        System.out.println(line(columns));
        System.out.println("|---" + "|---:".repeat(columns.size() - 1) + "|");
        rows.forEach(row -> System.out.println(line(row)));
        System.out.println();
    }

    /** Three digits that count, no more: the next one is noise. */
    static String figure(double number) {
        if (Double.isNaN(number)) {
            return "–";
        }
        int decimals = Math.abs(number) >= 100 ? 0 : Math.abs(number) >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }

    static String times(double ratio) {
        return figure(ratio) + " ×";
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
