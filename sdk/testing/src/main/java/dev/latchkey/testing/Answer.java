package dev.latchkey.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One scripted answer of a fake: what comes back instead of the normal answer, or how the normal answer is spoilt.
 *
 * <p>Hand it to {@code next} or {@code always} of {@link FakeAuthorizationServer} or {@link FakeApi}.
 *
 * <pre>{@code
 * server.next(Answer.json(503, "{\"error\":\"temporarily_unavailable\"}").header("Retry-After", "2"));
 * server.next(2, Answer.disconnectAfterRequest());
 * }</pre>
 *
 * <p>Thread-safety: immutable.
 */
public final class Answer {

    /** What happens to the connection in place of, or after, the answer. */
    enum Ending {
        NONE,
        CLOSE_UNPROCESSED,
        CLOSE_PROCESSED,
        HANG,
        CLOSE_AT_NEXT_REQUEST
    }

    /** Cut in the middle of the body, wherever that is. */
    static final int MIDDLE = Integer.MAX_VALUE;

    private static final String HTML = "text/html; charset=utf-8";
    private static final Answer NORMAL = new Answer(null, Ending.NONE, Headers.NONE, Pace.FULL);

    private final @Nullable Reply reply;
    private final Ending ending;
    private final Headers headers;
    private final Pace pace;

    /** How fast the bytes come, and after how many they stop; {@code bytes} and {@code cutAfter} -1 for unlimited. */
    record Pace(Duration delay, int bytes, Duration period, int cutAfter) {
        static final Pace FULL = new Pace(Duration.ZERO, -1, Duration.ZERO, -1);
    }

    private Answer(@Nullable Reply reply, Ending ending, Headers headers, Pace pace) {
        this.reply = reply;
        this.ending = ending;
        this.headers = headers;
        this.pace = pace;
    }

    /** {@return the answer the fake gives by itself; a place holder in a script, or the base for withers} */
    public static Answer normal() {
        return NORMAL;
    }

    /**
     * {@return an answer without a body}
     *
     * @param status the HTTP status, 200 to 599
     */
    public static Answer status(int status) {
        return of(status, "", new byte[0]);
    }

    /**
     * {@return an answer with a JSON body, sent as it is}
     *
     * @param status the HTTP status, 200 to 599
     * @param body the body, well formed or not
     */
    public static Answer json(int status, String body) {
        return of(status, "application/json", utf8(body));
    }

    /**
     * {@return an answer with an HTML body, as gateways and login pages send it}
     *
     * @param status the HTTP status, 200 to 599
     * @param body the body
     */
    public static Answer html(int status, String body) {
        return of(status, HTML, utf8(body));
    }

    static Reply htmlReply(int status, String body) {
        return Reply.of(status, HTML, utf8(body));
    }

    /**
     * {@return an answer with a plain text body}
     *
     * @param status the HTTP status, 200 to 599
     * @param body the body
     */
    public static Answer text(int status, String body) {
        return of(status, "text/plain; charset=utf-8", utf8(body));
    }

    /**
     * {@return an answer with any body}
     *
     * @param status the HTTP status, 200 to 599
     * @param contentType the {@code Content-Type}, empty for none
     * @param body the bytes of the body
     */
    public static Answer bytes(int status, String contentType, byte[] body) {
        Objects.requireNonNull(contentType, "contentType");
        return of(status, contentType, body.clone());
    }

    /**
     * {@return a redirect without a body}
     *
     * @param status the HTTP status, such as 302 or 307
     * @param location the {@code Location}
     */
    public static Answer redirect(int status, String location) {
        return status(status).header("Location", location);
    }

    /**
     * {@return a connection that closes as if the request had not been read: it is recorded, but not processed}
     *
     * <p>An assertion in it counts as seen all the same.
     */
    public static Answer disconnectBeforeRead() {
        return NORMAL.ending(Ending.CLOSE_UNPROCESSED);
    }

    /**
     * {@return a connection that closes after the request was processed: tokens are issued, refresh tokens rotated, and
     * nobody is told}
     */
    public static Answer disconnectAfterRequest() {
        return NORMAL.ending(Ending.CLOSE_PROCESSED);
    }

    /** {@return silence: the request is read, not processed, and nothing comes back until the client gives up} */
    public static Answer hang() {
        return NORMAL.ending(Ending.HANG);
    }

    /**
     * {@return the normal answer, after which the connection is stale: the client keeps it in its pool, and the next
     * request on it is read and answered with nothing but a close}
     *
     * <p>That is the case in which HTTP clients send a request a second time by themselves.
     */
    public static Answer keepAliveThenClose() {
        return NORMAL.ending(Ending.CLOSE_AT_NEXT_REQUEST);
    }

    /**
     * {@return the normal answer, late}
     *
     * @param delay how late, in real time
     */
    public static Answer slow(Duration delay) {
        return NORMAL.delayed(delay);
    }

    /** {@return the normal answer, cut in the middle of its body} */
    public static Answer truncated() {
        return NORMAL.cut(MIDDLE);
    }

    /**
     * {@return the normal answer, its body in small pieces}
     *
     * @param bytes the bytes of one piece, 1 or more
     * @param period the real time between two pieces
     */
    public static Answer dribble(int bytes, Duration period) {
        return NORMAL.paced(bytes, period);
    }

    /**
     * {@return this answer with one more header}
     *
     * @param name the header's name; one that the answer has already is replaced
     * @param value its value
     */
    public Answer header(String name, String value) {
        Checks.notBlank(name, "name");
        Objects.requireNonNull(value, "value");
        return new Answer(reply, ending, headers.with(name, value), pace);
    }

    /**
     * {@return this answer, its first byte delayed}
     *
     * @param delay how long, in real time
     */
    public Answer delayed(Duration delay) {
        Checks.notNegative(delay, "delay");
        return pace(new Pace(delay, pace.bytes, pace.period, pace.cutAfter));
    }

    /**
     * {@return this answer, its body ended by a closed connection while {@code Content-Length} promises all of it}
     *
     * @param afterBytes how many bytes of the body still arrive
     */
    public Answer cut(int afterBytes) {
        Checks.atLeast(0, afterBytes, "afterBytes");
        return pace(new Pace(pace.delay, pace.bytes, pace.period, afterBytes));
    }

    /**
     * {@return this answer, its body in small pieces}
     *
     * @param bytes the bytes of one piece, 1 or more
     * @param period the real time between two pieces
     */
    public Answer paced(int bytes, Duration period) {
        Checks.atLeast(1, bytes, "bytes");
        Checks.notNegative(period, "period");
        return pace(new Pace(pace.delay, bytes, period, pace.cutAfter));
    }

    @Nullable
    Reply reply() {
        return reply;
    }

    Ending ending() {
        return ending;
    }

    Headers headers() {
        return headers;
    }

    Pace pace() {
        return pace;
    }

    private Answer ending(Ending other) {
        return new Answer(reply, other, headers, pace);
    }

    private Answer pace(Pace other) {
        return new Answer(reply, ending, headers, other);
    }

    private static Answer of(int status, String contentType, byte[] body) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status must be 200 to 599, but is " + status);
        }
        return new Answer(Reply.of(status, contentType, body), Ending.NONE, Headers.NONE, Pace.FULL);
    }

    private static byte[] utf8(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** {@return what this answer is, without headers and body} */
    @Override
    public String toString() {
        return "Answer[" + (reply == null ? "normal" : reply.status()) + ", ending " + ending + "]";
    }
}
