package dev.latchkey.internal.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What kind of body an answer has, judged by its bytes: what servers announce is often wrong. */
final class BodyText {
    /** The kinds of body. */
    enum Kind {
        EMPTY("with an empty body"),
        JSON("with a JSON body"),
        BROKEN_JSON("with a body that is not valid JSON"),
        WEB_PAGE("with a web page"),
        TEXT("with plain text"),
        BINARY("with a body that is not text");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private static final int LOOKED_AT = 8192;
    private static final Pattern HEADING =
            Pattern.compile("(?is)<(title|h1|h2)(?:\\s[^>]{0,500})?>(.{1,500}?)</\\1\\s*>");

    private BodyText() {}

    /** Judges a body that is no readable JSON object. */
    static Kind kindOf(HttpAnswer answer) {
        if (answer.body().length == 0 || answer.text().isBlank()) {
            return Kind.EMPTY;
        }
        String start = start(answer);
        if (answer.isCompressed() || isBinary(start)) {
            return Kind.BINARY;
        }
        if (start.startsWith("{")
                || start.startsWith("[")
                || answer.contentType().contains("json")) {
            return Kind.BROKEN_JSON;
        }
        return isWebPage(start) ? Kind.WEB_PAGE : Kind.TEXT;
    }

    /** What of the body is worth showing: of a web page its title, of text its start, of anything binary nothing. */
    static Optional<String> excerpt(Kind kind, HttpAnswer answer) {
        return switch (kind) {
            case EMPTY, BINARY -> Optional.empty();
            case WEB_PAGE -> Optional.of(title(start(answer)));
            case JSON, BROKEN_JSON, TEXT -> Optional.of(start(answer));
        };
    }

    private static String start(HttpAnswer answer) {
        String text = answer.text().strip();
        return text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text;
    }

    private static boolean isBinary(String start) {
        long strange = start.chars().filter(BodyText::isStrange).count();
        return start.indexOf('\0') >= 0 || strange * 5 > start.length();
    }

    private static boolean isStrange(int c) {
        return c == '\uFFFD' || (c < ' ' && c != '\n' && c != '\r' && c != '\t');
    }

    private static boolean isWebPage(String start) {
        String lower = start.toLowerCase(Locale.ROOT);
        return lower.startsWith("<!doctype html")
                || lower.contains("<html")
                || lower.contains("<title")
                || lower.contains("<body");
    }

    private static String title(String page) {
        Matcher heading = HEADING.matcher(page);
        String text = heading.find() ? heading.group(2) : page;
        return text.replaceAll("<[^>]{0,500}>", " ").replaceAll("\\s+", " ").strip();
    }
}
