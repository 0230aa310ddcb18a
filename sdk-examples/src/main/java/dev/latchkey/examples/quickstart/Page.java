package dev.latchkey.examples.quickstart;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A page of plain text: numbered sections, rows of label and value, no line over 100 columns. */
public final class Page {
    private static final int WIDTH = 100;
    private static final int LABEL = 26;
    private static final String INDENT = "    ";

    private final PrintStream out;
    private int sections;

    /**
     * Starts a page.
     *
     * @param out where to print
     */
    public Page(PrintStream out) {
        this.out = out;
    }

    void title(String title, String subtitle) {
        out.println(title);
        out.println("=".repeat(title.length()));
        wrapped(subtitle, WIDTH).forEach(out::println);
    }

    void section(String title) {
        sections++;
        out.println();
        out.println((sections < 10 ? " " : "") + sections + "  " + title);
    }

    void row(String label, Object value) {
        String head = INDENT + label;
        head += " ".repeat(Math.max(2, INDENT.length() + LABEL - head.length()));
        for (String line : wrapped(String.valueOf(value), WIDTH - head.length())) {
            out.println((head + line).stripTrailing());
            head = " ".repeat(head.length());
        }
    }

    void note(String text) {
        wrapped(text, WIDTH - INDENT.length()).forEach(line -> out.println(INDENT + line));
    }

    void end(String text) {
        out.println();
        wrapped(text, WIDTH).forEach(out::println);
        out.flush();
    }

    /** Breaks at spaces; a word that is longer than a line is broken where it must. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int cut = space > 0 ? space : width;
            lines.add(rest.substring(0, cut).stripTrailing());
            rest = rest.substring(cut).strip();
        }
        lines.add(rest);
        return lines;
    }
}
