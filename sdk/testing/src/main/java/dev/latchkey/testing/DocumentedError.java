package dev.latchkey.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One error that a provider documents: what its page gives, and what a client is expected to make of it.
 *
 * <p>The same table feeds the simulators of the providers and the tests of the library, so that there is one truth. Some
 * pages give a text and no status; {@link #source()} tells where the status is from.
 *
 * <pre>{@code
 * redox.nextError("redox-no-public-key");
 * }</pre>
 *
 * <p>Thread-safety: immutable.
 */
public final class DocumentedError {

    private static final int COLUMNS = 8;

    private final List<String> columns;

    private DocumentedError(List<String> columns) {
        this.columns = columns;
    }

    static DocumentedError parse(String line) {
        List<String> columns =
                Arrays.stream(line.split(" \\| ", -1)).map(String::trim).toList();
        if (columns.size() != COLUMNS) {
            throw new IllegalStateException(
                    "A line of the documented errors has " + columns.size() + " columns: " + line);
        }
        return new DocumentedError(columns);
    }

    /** {@return every documented error of every provider, in the order of their pages} */
    public static List<DocumentedError> all() {
        return ErrorCatalog.ALL;
    }

    /** {@return the id, which starts with the provider, such as {@code redox-no-kid}} */
    public String id() {
        return columns.get(0);
    }

    /**
     * {@return where it comes: {@code token}, {@code refresh}, {@code code}, {@code initiate}, {@code login}, {@code
     * authorize}, {@code api}, {@code introspection} or {@code userinfo}}
     */
    public String endpoint() {
        return columns.get(1);
    }

    /** {@return the HTTP status} */
    public int status() {
        return Integer.parseInt(columns.get(2));
    }

    /** {@return the body as the page has it, empty for none; an echoed value in it is an example} */
    public String body() {
        return columns.get(3).equals("empty") ? "" : columns.get(3);
    }

    /**
     * {@return where the status is from: {@code page}, the provider's own; {@code code}, the source of the server
     * product; {@code seen}, public client code; {@code assumed}, none, it is taken to be this}
     */
    public String source() {
        return columns.get(4);
    }

    /** {@return the simple name of the exception that Latchkey makes of it} */
    public String exception() {
        return columns.get(5);
    }

    /** {@return whether the same request may succeed a little later} */
    public boolean retryable() {
        return columns.get(6).equals("yes");
    }

    /** {@return the words that advice on this error must hold} */
    public List<String> remedyNames() {
        return Arrays.stream(columns.get(7).split(";", -1)).map(String::trim).toList();
    }

    /** {@return this error as an answer for a script} */
    public Answer answer() {
        return Answer.bytes(status(), contentType(), body().getBytes(StandardCharsets.UTF_8));
    }

    Reply reply() {
        return replyWith(body());
    }

    /** This error with another value where the page has an example of an echoed one. */
    Reply replyWith(String body) {
        return Reply.of(status(), contentType(), body.getBytes(StandardCharsets.UTF_8));
    }

    boolean isOfTokenEndpoint() {
        return List.of("token", "refresh", "code").contains(endpoint());
    }

    /** The pages give none: it is taken to be what fits the body. */
    private String contentType() {
        String body = body();
        if (body.isEmpty()) {
            return "";
        }
        if (body.startsWith("{")) {
            return body.contains("\"OperationOutcome\"") ? "application/fhir+json" : "application/json";
        }
        return body.startsWith("<") ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
    }

    /** {@return id and status} */
    @Override
    public String toString() {
        return "DocumentedError[" + id() + ", " + status() + "]";
    }
}
