package dev.latchkey.login;

import dev.latchkey.provider.Endpoint;
import dev.latchkey.provider.Provider;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts the parameters of an authorization request behind the address of the endpoint, which may have a query already. */
final class AuthorizationUrl {
    private AuthorizationUrl() {}

    static String of(Provider provider, Map<String, String> parameters) {
        String endpoint = provider.endpoint(Endpoint.AUTHORIZATION)
                .orElseThrow(() -> new IllegalArgumentException("provider: " + provider.name()
                        + " has no authorization endpoint; set Provider.Builder.endpoint(AUTHORIZATION, …)"));
        String query = parameters.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        return endpoint + (endpoint.contains("?") ? "&" : "?") + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
