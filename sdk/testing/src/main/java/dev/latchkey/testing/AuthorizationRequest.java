package dev.latchkey.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/** An authorization request (RFC 6749, section 4.1.1), read but not judged. A parameter without a value counts as absent. */
record AuthorizationRequest(Map<String, List<String>> parameters) {

    static AuthorizationRequest of(HttpUrl url) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String name : url.queryParameterNames()) {
            List<String> values = url.queryParameterValues(name).stream()
                    .filter(Objects::nonNull)
                    .filter(value -> !value.isEmpty())
                    .toList();
            parameters.put(name, values);
        }
        return new AuthorizationRequest(parameters);
    }

    /** The request that a person makes by opening the URL, which must be one of the endpoint. */
    static AuthorizationRequest opened(String url, String endpoint) {
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null || !withoutQuery(parsed).equals(HttpUrl.get(endpoint))) {
            throw WebPage.refusing("It is not an address of the authorization endpoint " + endpoint);
        }
        return of(parsed);
    }

    private static HttpUrl withoutQuery(HttpUrl url) {
        return url.newBuilder().query(null).fragment(null).build();
    }

    /** The first value of the parameter, empty where it is absent. */
    Optional<String> parameter(String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The first value of the parameter, or an empty text. */
    String text(String name) {
        return parameter(name).orElse("");
    }

    /** What was asked for, empty where nothing in particular was. */
    Set<String> scopes() {
        return parameter("scope").map(Scopes::parse).orElse(Set.of());
    }

    boolean isRepeated(String name) {
        return parameters.getOrDefault(name, List.of()).size() > 1;
    }

    /** A parameter that is there more than once (RFC 6749, section 3.1). */
    Optional<String> repeated() {
        return parameters.keySet().stream().filter(this::isRepeated).findFirst();
    }

    /** The names only: the values are a person's and a client's own. */
    @Override
    public String toString() {
        return "AuthorizationRequest" + parameters.keySet();
    }
}
