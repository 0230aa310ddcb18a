package dev.latchkey.benchmarks.peer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A token request as one writes it by hand for a cache that brings none, with the JDK's client. */
final class TokenCall {
    private static final Pattern VALUE = Pattern.compile("\"access_token\":\"([^\"]+)\"");
    private static final Pattern LIFE = Pattern.compile("\"expires_in\":(\\d+)");
    private static final String FORM = "grant_type=client_credentials&client_id=client&client_secret=secret";

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest request;

    /** A token and its end. */
    record Token(String value, Instant end) {
        OffsetDateTime endDate() {
            return end.atOffset(ZoneOffset.UTC);
        }
    }

    TokenCall(URI endpoint) {
        request = HttpRequest.newBuilder(endpoint)
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(FORM))
                .build();
    }

    Token send() {
        try {
            Instant sent = Instant.now();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("status " + response.statusCode());
            }
            return new Token(
                    first(VALUE, response.body()), sent.plusSeconds(Long.parseLong(first(LIFE, response.body()))));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no token in the answer");
        }
        return matcher.group(1);
    }
}
