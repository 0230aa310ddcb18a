package dev.latchkey.internal.jose;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names out of a file (aliases, key ids, labels), made fit for a message: short, on one line, and in the direction they are
 * read. Never secrets.
 */
public final class Printable {

    private static final int LONGEST = 60;
    private static final int MOST = 10;

    /** Control and format characters (direction marks among them), lone surrogates, unassigned ones, line separators. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private Printable() {}

    /** {@return the name, 60 characters of it at most, with a question mark for each that may not be printed} */
    public static String of(String name) {
        // Cut first: what is left of a pair of surrogates is unprintable then.
        String start = name.length() <= LONGEST ? name : name.substring(0, LONGEST);
        String printable = UNPRINTABLE.matcher(start).replaceAll("?");
        return name.length() <= LONGEST ? printable : printable + "…";
    }

    static String of(List<String> names) {
        String joined = names.stream().limit(MOST).map(Printable::of).collect(Collectors.joining(", "));
        return names.size() > MOST ? joined + ", …" : joined;
    }
}
