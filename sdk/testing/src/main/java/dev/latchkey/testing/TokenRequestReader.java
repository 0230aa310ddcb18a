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
        Optional<Map<String, List<String>>> read = isJson(head.headers())
                ? json(body(request))
                : form(body(request).utf8());
        Map<String, List<String>> parameters = read.orElse(Map.of());
        List<Assertion> assertions = parameters.getOrDefault("client_assertion", List.of()).stream()
                .map(Assertion::parse)
                .flatMap(Optional::stream)
                .toList();
        return new TokenRequest(0, head, read.isPresent(), parameters, assertions);
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

    private static boolean isJson(Headers headers) {
        return headers.first("Content-Type").orElse("").toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    private static Optional<Map<String, List<String>>> json(ByteString body) {
        return Json.readObject(body.toByteArray())
                .filter(TokenRequestReader::hasTextOnly)
                .map(TokenRequestReader::members);
    }

    private static boolean hasTextOnly(ObjectNode object) {
        return object.properties().stream().allMatch(member -> member.getValue().isTextual());
    }

    private static Map<String, List<String>> members(ObjectNode object) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        object.properties()
                .forEach(member -> parameters.put(
                        member.getKey(), List.of(member.getValue().textValue())));
        return parameters;
    }

    /** Empty where a percent sign encodes nothing. */
    private static Optional<Map<String, List<String>>> form(String form) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        try {
            for (String pair : form.split("&", -1)) {
                addPair(parameters, pair);
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(parameters);
    }

    private static void addPair(Map<String, List<String>> parameters, String pair) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
            String name = decode(pair.substring(0, equals));
            parameters.computeIfAbsent(name, n -> new ArrayList<>()).add(decode(pair.substring(equals + 1)));
        }
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
