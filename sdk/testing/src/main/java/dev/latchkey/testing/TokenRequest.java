package dev.latchkey.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A token request as it came over the wire, read but not judged; {@code readable} tells whether the body is what its
 * content type says.
 */
record TokenRequest(
        int number, Head head, boolean readable, Map<String, List<String>> parameters, List<Assertion> assertions) {

    /** The head of an HTTP request; {@code query} is empty where there is none. */
    record Head(String method, String path, String query, Headers headers) {}

    TokenRequest numbered(int place) {
        return new TokenRequest(place, head, readable, parameters, assertions);
    }

    /** The first value of the parameter, empty where it is absent. */
    Optional<String> parameter(String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst();
    }

    boolean has(String name) {
        return parameters.containsKey(name);
    }

    String required(String name) {
        return parameter(name).orElseThrow(() -> Refusal.invalidRequest("The parameter " + name + " is missing"));
    }

    Headers headers() {
        return head.headers();
    }

    /** As claimed, not as proven. */
    Optional<String> clientId() {
        return parameter("client_id")
                .or(() -> assertions.stream().findFirst().flatMap(a -> a.text("sub")))
                .or(() -> BasicCredentials.read(headers()).map(BasicCredentials::clientId));
    }
}
