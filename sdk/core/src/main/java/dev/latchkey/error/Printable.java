package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/** Makes text of a stranger safe to print: bounded, and free of what could forge a log line or reorder a display. */
final class Printable {
    private Printable() {}

    /** The text trimmed, escaped and cut after {@code limit} characters; null for null and blank. */
    static @Nullable String text(@Nullable String raw, int limit) {
        if (raw == null || raw.isBlank()) {
            return null;
        }
        return escape(raw.strip(), limit);
    }

    /** The text escaped and cut after {@code limit} characters. */
    static String escape(String raw, int limit) {
        StringBuilder out = new StringBuilder(Math.min(raw.length(), limit) + 16);
        for (int i = 0; i < raw.length(); ) {
            int c = raw.codePointAt(i);
            String next = isSafe(c) ? Character.toString(c) : escaped(c);
            if (out.length() + next.length() > limit) {
                return out.append('\u2026').toString();
            }
            out.append(next);
            i += Character.charCount(c);
        }
        return out.toString();
    }

    /** Control, format (bidi marks, zero width), line and paragraph separators, lone surrogates and unassigned are not. */
    private static boolean isSafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    static String escaped(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> escapedUnits(c);
        };
    }

    private static String escapedUnits(int c) {
        StringBuilder out = new StringBuilder(12);
        for (char unit : Character.toChars(c)) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                out.append(Character.forDigit((unit >> shift) & 0xF, 16));
            }
        }
        return out.toString();
    }
}
