package dev.latchkey.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/**
 * One request as a {@link FakeApi} or a {@link ProviderSimulator} saw it on the wire, and what it answered.
 *
 * <p>Headers and body are given in full, secrets included; {@link #toString()} has none.
 *
 * <p>Thread-safety: immutable.
 */
public final class RecordedApiRequest {

    private final int number;
    private final TokenRequest.Head head;
    private final ByteString body;
    private final int status;

    RecordedApiRequest(int number, TokenRequest.Head head, ByteString body, int status) {
        this.number = number;
        this.head = head;
        this.body = body;
        this.status = status;
    }

    RecordedApiRequest answered(int answer) {
        return new RecordedApiRequest(number, head, body, answer);
    }

    /** {@return which request this is at its API, counted from 1, whatever the connection} */
    public int sequenceNumber() {
        return number;
    }

    /** {@return the method, such as {@code GET}} */
    public String method() {
        return head.method();
    }

    /** {@return the encoded path, without the query} */
    public String path() {
        return head.path();
    }

    /** {@return the encoded query, empty where there is none} */
    public String query() {
        return head.query();
    }

    /** {@return the header fields; names are found in any case} */
    public Map<String, List<String>> headers() {
        return head.headers().asMap();
    }

    /**
     * {@return the first value of a header field, empty where it is absent}
     *
     * @param name the field's name, in any case
     */
    public Optional<String> header(String name) {
        return head.headers().first(name);
    }

    /** {@return the body as UTF-8, empty where there is none} */
    public String body() {
        return body.utf8();
    }

    int bodySize() {
        return body.size();
    }

    /** {@return the access token in the {@code Authorization} header, empty where there is none} */
    public Optional<String> bearerToken() {
        return header("Authorization").flatMap(BearerToken::parse);
    }

    /** {@return the HTTP status of the answer; 0 where none was sent, or none yet} */
    public int status() {
        return status;
    }

    /** {@return number, method, path and status; no secret} */
    @Override
    public String toString() {
        return "RecordedApiRequest[" + number + ": " + method() + " " + path() + ", answered " + status + "]";
    }
}
