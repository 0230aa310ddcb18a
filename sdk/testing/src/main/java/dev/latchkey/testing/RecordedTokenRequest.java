package dev.latchkey.testing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One token request as a {@link FakeAuthorizationServer} or a {@link ProviderSimulator} saw it on the wire, and what it answered.
 *
 * <p>Parameters and headers are given in full, secrets included; {@link #toString()} has none.
 *
 * <p>Thread-safety: immutable.
 */
public final class RecordedTokenRequest {

    private final TokenRequest request;
    private final int status;
    private final String error;
    private final String reason;

    private RecordedTokenRequest(TokenRequest request, int status, String error, String reason) {
        this.request = request;
        this.status = status;
        this.error = error;
        this.reason = reason;
    }

    static RecordedTokenRequest arrived(TokenRequest request) {
        return new RecordedTokenRequest(request, 0, "", "");
    }

    RecordedTokenRequest refused(String sentence) {
        return new RecordedTokenRequest(request, status, error, sentence);
    }

    RecordedTokenRequest answered(Reply reply) {
        String code = Json.readObject(reply.body().toByteArray())
                .map(body -> body.path("error").asText(""))
                .orElse("");
        return new RecordedTokenRequest(request, reply.status(), code, reason);
    }

    /** {@return which token request this is at its server, counted from 1, whatever the connection} */
    public int sequenceNumber() {
        return request.number();
    }

    /** {@return the method, such as {@code POST}} */
    public String method() {
        return request.head().method();
    }

    /** {@return the encoded path, without the query} */
    public String path() {
        return request.head().path();
    }

    /** {@return the header fields; names are found in any case} */
    public Map<String, List<String>> headers() {
        return request.headers().asMap();
    }

    /**
     * {@return the first value of a header field, empty where it is absent}
     *
     * @param name the field's name, in any case
     */
    public Optional<String> header(String name) {
        return request.headers().first(name);
    }

    /** {@return the parameters of the body, decoded, in their order; of a repeated one, the first} */
    public Map<String, String> parameters() {
        Map<String, String> first = new LinkedHashMap<>();
        request.parameters().forEach((name, values) -> first.put(name, values.get(0)));
        return Collections.unmodifiableMap(first);
    }

    /**
     * {@return a parameter of the body, empty where it is absent}
     *
     * @param name the parameter's name
     */
    public Optional<String> parameter(String name) {
        return request.parameter(name);
    }

    /** {@return the client that the request claims to come from, empty where it names none} */
    public Optional<String> clientId() {
        return request.clientId();
    }

    /** {@return the header of the client assertion, empty where there is none that can be read} */
    public Map<String, Object> assertionHeader() {
        return assertion().map(a -> Json.map(a.header())).orElse(Map.of());
    }

    /** {@return the claims of the client assertion, empty where there is none that can be read} */
    public Map<String, Object> assertionClaims() {
        return assertion().map(a -> Json.map(a.claims())).orElse(Map.of());
    }

    /** {@return the {@code jti} of the client assertion, empty where there is none} */
    public Optional<String> jti() {
        return assertion().flatMap(a -> a.text("jti"));
    }

    private Optional<Assertion> assertion() {
        return request.assertions().stream().findFirst();
    }

    /** {@return the HTTP status of the answer; 0 where none was sent, or none yet} */
    public int status() {
        return status;
    }

    /** {@return the {@code error} of the answer's JSON, empty where there is none} */
    public Optional<String> error() {
        return error.isEmpty() ? Optional.empty() : Optional.of(error);
    }

    /**
     * {@return why it was refused, in plain words, empty where it was not}
     *
     * <p>Some providers do not say; this does. A scripted answer has no reason.
     */
    public Optional<String> reason() {
        return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    }

    /** {@return number, method, path, client and status; no secret} */
    @Override
    public String toString() {
        return "RecordedTokenRequest[" + sequenceNumber() + ": " + method() + " " + path() + " by "
                + clientId().orElse("nobody") + ", answered " + status + (error.isEmpty() ? "" : " " + error) + "]";
    }
}
