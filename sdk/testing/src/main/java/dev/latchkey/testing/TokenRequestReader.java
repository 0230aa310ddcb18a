package dev.latchkey.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.RecordedRequest;
import okio.ByteString;

/** Reads a token request leniently, so that even a wrong one can be recorded; {@link RequestRules} judges it. */
final class TokenRequestReader {

    private TokenRequestReader() {}

    static TokenRequest read(RecordedRequest request) {
        TokenRequest.Head head = head(request);
        Map<String, List<String>> parameters = parameters(head.headers(), body(request));
        List<Assertion> assertions = parameters.getOrDefault("client_assertion", List.of()).stream()
                .map(Assertion::parse)
                .flatMap(Optional::stream)
                .toList();
        return new TokenRequest(0, head, parameters, assertions);
    }

    static TokenRequest.Head head(RecordedRequest request) {
        String query = request.getUrl().encodedQuery();
        return new TokenRequest.Head(
                request.getMethod(),
                request.getUrl().encodedPath(),
                query == null ? "" : query,
                Headers.of(request.getHeaders()));
    }

    static ByteString body(RecordedRequest request) {
        ByteString body = request.getBody();
        return body == null ? ByteString.EMPTY : body;
    }

    private static Map<String, List<String>> parameters(Headers headers, ByteString body) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (isJson(headers)) {
            Json.readObject(body.toByteArray()).ifPresent(object -> addMembers(parameters, object));
        } else {
            addPairs(parameters, body.utf8());
        }
        return parameters;
    }

    private static boolean isJson(Headers headers) {
        return headers.first("Content-Type").orElse("").toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    private static void addMembers(Map<String, List<String>> parameters, ObjectNode object) {
        object.properties()
                .forEach(member ->
                        add(parameters, member.getKey(), member.getValue().asText()));
    }

    private static void addPairs(Map<String, List<String>> parameters, String form) {
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                add(parameters, decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
    }

    private static void add(Map<String, List<String>> parameters, String name, String value) {
        parameters.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return encoded;
        }
    }
}
