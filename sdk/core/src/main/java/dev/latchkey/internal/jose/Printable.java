package dev.latchkey.internal.jose;

import java.util.List;
import java.util.stream.Collectors;

/** Names out of a file (aliases, key ids, labels), made fit for a message: short, on one line. Never secrets. */
final class Printable {

    private static final int LONGEST = 60;
    private static final int MOST = 10;

    private Printable() {}

    static String of(String name) {
        String oneLine = name.replaceAll("\\p{Cntrl}", "?");
        return oneLine.length() <= LONGEST ? oneLine : oneLine.substring(0, LONGEST) + "…";
    }

    static String of(List<String> names) {
        String joined = names.stream().limit(MOST).map(Printable::of).collect(Collectors.joining(", "));
        return names.size() > MOST ? joined + ", …" : joined;
    }
}
