package dev.latchkey.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers and facts for tests. */
public final class Answers {
    public static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    public static final String JSON = "application/json";

    private Answers() {}

    public static HttpAnswer json(int status, String body) {
        return of(status, JSON, body);
    }

    public static HttpAnswer of(int status, String contentType, String body) {
        return of(status, body, "Content-Type", contentType);
    }

    /** An answer with headers given as name, value, name, value. */
    public static HttpAnswer of(int status, String body, String... headers) {
        Map<String, List<String>> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], List.of(headers[i + 1]));
        }
        return HttpAnswer.of(status, map, body.getBytes(UTF_8), NOW);
    }

    public static RequestFacts.Builder facts() {
        return RequestFacts.builder("POST", "auth.example.com/oauth2/token")
                .provider("example")
                .grantType("client_credentials");
    }
}
