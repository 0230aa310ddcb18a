package dev.latchkey.internal.http;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds the id under which a server knows a request: in a header, else in the body. */
final class RequestIds {
    private static final List<String> HEADERS = List.of(
            "x-request-id",
            "request-id",
            "x-correlation-id",
            "x-ms-request-id",
            "x-amzn-requestid",
            "x-amz-request-id",
            "x-trace-id",
            "x-b3-traceid",
            "cf-ray",
            "traceparent");
    private static final List<String> MEMBERS =
            List.of("request_id", "requestId", "correlation_id", "correlationId", "trace_id", "traceId");
    private static final int LONGEST = 128;

    private RequestIds() {}

    static Optional<String> find(HttpAnswer answer, Map<String, Object> members) {
        return HEADERS.stream()
                .map(name -> answer.header(name).orElse(null))
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> inBody(members))
                .map(id -> id.length() > LONGEST ? id.substring(0, LONGEST) : id);
    }

    private static Optional<String> inBody(Map<String, Object> members) {
        return MEMBERS.stream()
                .map(members::get)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(id -> !id.isBlank())
                .findFirst();
    }
}
