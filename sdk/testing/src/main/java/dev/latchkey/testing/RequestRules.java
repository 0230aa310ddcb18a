package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The form of a token request (RFC 6749, sections 3.2 and 2.3), whoever sends it. */
final class RequestRules {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final Settings settings;

    RequestRules(Settings settings) {
        this.settings = settings;
    }

    /** Every fault, the gravest first; empty where the request is well formed. */
    List<Refusal> faults(TokenRequest request) {
        List<Refusal> faults = new ArrayList<>(headFaults(request));
        accept(request).ifPresent(faults::add);
        faults.addAll(bodyFaults(request));
        return faults;
    }

    /** The same for an endpoint whose answer has no body, or none that matters. */
    List<Refusal> faultsButAccept(TokenRequest request) {
        List<Refusal> faults = new ArrayList<>(headFaults(request));
        faults.addAll(bodyFaults(request));
        return faults;
    }

    private List<Refusal> headFaults(TokenRequest request) {
        List<Refusal> faults = new ArrayList<>();
        method(request).ifPresent(faults::add);
        query(request).ifPresent(faults::add);
        contentType(request).ifPresent(faults::add);
        return faults;
    }

    private static List<Refusal> bodyFaults(TokenRequest request) {
        List<Refusal> faults = new ArrayList<>();
        body(request).ifPresent(faults::add);
        repeated(request).ifPresent(faults::add);
        credentials(request).ifPresent(faults::add);
        return faults;
    }

    static Optional<Refusal> method(TokenRequest request) {
        String method = request.head().method();
        return method.equals("POST")
                ? Optional.empty()
                : Optional.of(Refusal.methodNotAllowed("The method must be POST, but is " + method));
    }

    /** The query may hold a secret, so it is not repeated. */
    private static Optional<Refusal> query(TokenRequest request) {
        return request.head().query().isEmpty()
                ? Optional.empty()
                : Optional.of(Refusal.invalidRequest("The URL must have no query: parameters belong in the body"));
    }

    Optional<Refusal> contentType(TokenRequest request) {
        String sent = request.headers().first("Content-Type").orElse("absent").toLowerCase(Locale.ROOT);
        String expected = settings.jsonRequests ? "application/json" : FORM;
        boolean fits = sent.equals(expected)
                || (settings.jsonRequests && sent.replace(" ", "").equals("application/json;charset=utf-8"));
        return fits
                ? Optional.empty()
                : Optional.of(Refusal.invalidRequest("The Content-Type must be " + expected + ", but is " + sent));
    }

    private static Optional<Refusal> accept(TokenRequest request) {
        String accept = String.join(",", request.headers().all("Accept")).toLowerCase(Locale.ROOT);
        if (accept.isEmpty()) {
            return Optional.of(Refusal.invalidRequest("The header Accept is missing: send application/json"));
        }
        return accept.contains("application/json") || accept.contains("application/*") || accept.contains("*/*")
                ? Optional.empty()
                : Optional.of(Refusal.invalidRequest("Accept must admit application/json, but is " + accept));
    }

    private static Optional<Refusal> body(TokenRequest request) {
        return request.readable()
                ? Optional.empty()
                : Optional.of(Refusal.invalidRequest(
                        "The body is neither a form nor a JSON object whose members are all text and there once"));
    }

    private static Optional<Refusal> repeated(TokenRequest request) {
        return request.parameters().entrySet().stream()
                .filter(parameter -> parameter.getValue().size() > 1)
                .findFirst()
                .map(parameter -> Refusal.invalidRequest("The parameter " + parameter.getKey() + " is repeated"));
    }

    private static Optional<Refusal> credentials(TokenRequest request) {
        List<String> kinds = credentialKinds(request);
        return kinds.size() < 2
                ? Optional.empty()
                : Optional.of(Refusal.invalidRequest("More than one client authentication: " + kinds));
    }

    private static List<String> credentialKinds(TokenRequest request) {
        List<String> kinds = new ArrayList<>();
        request.headers().all("Authorization").forEach(value -> kinds.add("Authorization header"));
        if (request.has("client_secret")) {
            kinds.add("client_secret");
        }
        if (request.has("client_assertion")) {
            kinds.add("client_assertion");
        }
        return kinds;
    }
}
