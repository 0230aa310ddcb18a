package dev.latchkey.internal.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP answer as a value: status, headers and the body as far as the limit let it in. Knows nothing of any HTTP client.
 *
 * <p>Thread-safety: immutable, as long as nobody writes into the array of the body.
 */
public final class HttpAnswer {
    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final boolean truncated;
    private final Instant receivedAt;

    private HttpAnswer(int status, Map<String, List<String>> headers, byte[] body, boolean truncated, Instant at) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.truncated = truncated;
        this.receivedAt = at;
    }

    /**
     * Makes a whole answer.
     *
     * @param status the HTTP status
     * @param headers the headers by name; names are looked up without regard to case
     * @param body the body, inflated
     * @param receivedAt when it came, by our clock
     * @return the answer
     */
    public static HttpAnswer of(int status, Map<String, List<String>> headers, byte[] body, Instant receivedAt) {
        Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> byName.put(name, List.copyOf(values)));
        return new HttpAnswer(status, byName, body, false, receivedAt);
    }

    /** {@return this answer, marked as cut at the limit or by the network} */
    public HttpAnswer asTruncated() {
        return new HttpAnswer(status, headers, body, true, receivedAt);
    }

    /** {@return the HTTP status} */
    public int status() {
        return status;
    }

    /** {@return whether the status is 200 to 299} */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** {@return the first header of that name that is not blank} */
    public Optional<String> header(String name) {
        for (String value : headers(name)) {
            if (!value.isBlank()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** {@return all headers of that name; may be empty} */
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** {@return the content type in lower case, empty where there is none} */
    public String contentType() {
        return header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    }

    /** {@return whether the body is in a content coding that was not undone} */
    public boolean isCompressed() {
        return header("Content-Encoding")
                .filter(coding -> !coding.strip().equalsIgnoreCase("identity"))
                .isPresent();
    }

    /** {@return the body, as far as it was read; not to be written to} */
    public byte[] body() {
        return body;
    }

    /** {@return the body as UTF-8 text without a byte order mark} */
    public String text() {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** {@return whether there is more of the body than was read} */
    public boolean isTruncated() {
        return truncated;
    }

    /** {@return when the answer came, by our clock} */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** {@return how long the server asks to wait} */
    public Optional<Duration> retryAfter() {
        return header("Retry-After").flatMap(value -> RetryAfter.read(value, receivedAt));
    }

    /** {@return how far our clock is ahead of the server's {@code Date}, in seconds; negative where it is behind} */
    public Optional<Long> clockAheadSeconds() {
        return header("Date")
                .flatMap(HttpDates::read)
                .map(date -> Duration.between(date, receivedAt).toSeconds());
    }

    /** {@return the status and the size; nothing of the content} */
    @Override
    public String toString() {
        return "HttpAnswer[" + status + ", " + body.length + " bytes" + (truncated ? ", truncated]" : "]");
    }
}
