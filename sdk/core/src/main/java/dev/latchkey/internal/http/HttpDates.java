package dev.latchkey.internal.http;

import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;

/** Dates of HTTP headers in all their spellings (RFC 9110, section 5.6.7), read by OkHttp's parser. */
final class HttpDates {
    private HttpDates() {}

    static Optional<Instant> read(String value) {
        String text = value.strip();
        if (text.length() > 64 || !text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return Optional.empty();
        }
        return Optional.ofNullable(Headers.of("Date", text).getInstant("Date"));
    }
}
