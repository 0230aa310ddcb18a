package dev.latchkey.testing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The answer to an authorization request, which the browser brings to the redirect URI (RFC 6749, section 4.1.2). */
final class Callback {

    private final String redirectUri;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    private Callback(String redirectUri) {
        this.redirectUri = redirectUri;
    }

    static Callback to(String redirectUri) {
        return new Callback(redirectUri);
    }

    /** An empty value leaves the parameter out. */
    Callback with(String name, String value) {
        if (!value.isEmpty()) {
            parameters.put(name, value);
        }
        return this;
    }

    /** A query that the redirect URI has already stays. */
    String uri() {
        String query = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return redirectUri + (redirectUri.contains("?") ? "&" : "?") + query;
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** The redirect URI only: the parameters hold a code. */
    @Override
    public String toString() {
        return "Callback[" + redirectUri + "]";
    }
}
