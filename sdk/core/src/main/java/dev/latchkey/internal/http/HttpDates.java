package dev.latchkey.internal.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import okhttp3.Headers;

/**
 * Dates of HTTP headers in all their spellings (RFC 9110, section 5.6.7), read by OkHttp's parser. The one spelling that servers
 * are to write is tried first with that of {@code java.time}: OkHttp's takes a tenth of a second for the first date of a process.
 */
final class HttpDates {
    private static final int PREFERRED_LENGTH = "Sun, 06 Nov 1994 08:49:37 GMT".length();

    private HttpDates() {}

    static Optional<Instant> read(String value) {
        String text = value.strip();
        if (text.length() > 64 || !text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return Optional.empty();
        }
        return preferred(text)
                .or(() -> Optional.ofNullable(Headers.of("Date", text).getInstant("Date")));
    }

    private static Optional<Instant> preferred(String text) {
        if (text.length() != PREFERRED_LENGTH || !text.endsWith(" GMT")) {
            return Optional.empty();
        }
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
