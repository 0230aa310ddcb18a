package dev.latchkey.internal.endpoint;

import dev.latchkey.internal.json.JsonText;
import dev.latchkey.provider.TokenRequestFormat;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import okhttp3.MediaType;

/** The parameters of a request as a body, and as much of them as anybody may see. */
final class Parameters {
    /** The parameters whose values anybody may see; every other value is masked in events. */
    private static final Set<String> PUBLIC =
            Set.of("grant_type", "scope", "client_id", "client_assertion_type", "resource", "audience", "realm");

    private static final String MASK = "*****";
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");
    private static final MediaType JSON = MediaType.get("application/json");

    private Parameters() {}

    static OneShotBody body(TokenRequestFormat format, Map<String, String> parameters) {
        return format == TokenRequestFormat.JSON
                ? new OneShotBody(JSON, JsonText.write(parameters))
                : new OneShotBody(FORM, form(parameters).getBytes(StandardCharsets.US_ASCII));
    }

    private static String form(Map<String, String> parameters) {
        StringJoiner form = new StringJoiner("&");
        parameters.forEach((name, value) -> form.add(encoded(name) + "=" + encoded(value)));
        return form.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static boolean isPublic(String name) {
        return PUBLIC.contains(name);
    }

    static Map<String, String> visible(Map<String, String> parameters) {
        Map<String, String> visible = new LinkedHashMap<>(parameters);
        visible.keySet().retainAll(PUBLIC);
        return visible;
    }

    static Map<String, String> masked(Map<String, String> parameters) {
        Map<String, String> masked = new LinkedHashMap<>(parameters);
        masked.replaceAll((name, value) -> isPublic(name) ? value : MASK);
        return masked;
    }
}
