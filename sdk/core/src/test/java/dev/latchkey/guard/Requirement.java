package dev.latchkey.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One thing that this library must do or survive.
 *
 * @param number such as R-01
 * @param chapter the heading it stands under
 * @param what what is asked for
 * @param reason why no test applies; empty where one must
 */
record Requirement(String number, String chapter, String what, Optional<String> reason) {
    private static final String LIST = "src/test/resources/dev/latchkey/guard/requirements.txt";

    /** All of them, in the order of the list. */
    static List<Requirement> all() throws IOException {
        return read(Files.readAllLines(Places.CORE.resolve(LIST)));
    }

    static List<Requirement> read(List<String> lines) {
        var all = new ArrayList<Requirement>();
        String chapter = "";
        for (String line : lines) {
            if (line.startsWith("## ")) {
                chapter = line.substring(3);
            } else if (!line.isBlank() && !line.startsWith("# ")) {
                all.add(of(chapter, line.split(" \\| ", -1)));
            }
        }
        return all;
    }

    private static Requirement of(String chapter, String[] columns) {
        if (columns.length < 2 || columns.length > 3) {
            throw new IllegalStateException("not of two or three columns: " + String.join(" | ", columns));
        }
        Optional<String> reason = columns.length == 3 ? Optional.of(columns[2]) : Optional.empty();
        return new Requirement(columns[0], chapter, columns[1], reason);
    }
}
