package dev.latchkey.internal.endpoint;

import dev.latchkey.internal.json.JsonObject;
import dev.latchkey.token.Scope;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The optional members of a token response. */
final class TokenMembers {
    /** No life is taken to be longer: beyond a year a number is a mistake, of milliseconds or of an instant. */
    static final Duration LONGEST_LIFE = Duration.ofDays(365);

    private static final Set<String> NAMED = Set.of("token_type", "expires_in", "scope");
    private static final List<String> REFRESH_LIVES =
            List.of("refresh_expires_in", "refresh_token_expires_in", "x_refresh_token_expires_in");

    private TokenMembers() {}

    /** Null where the server said nothing, or nothing sensible: less than a second, infinite, no number. */
    static @Nullable Duration life(JsonObject json, String name) {
        OptionalDouble seconds = json.number(name);
        if (seconds.isEmpty() || !(seconds.getAsDouble() >= 1) || Double.isInfinite(seconds.getAsDouble())) {
            return null;
        }
        double capped = Math.min(seconds.getAsDouble(), (double) LONGEST_LIFE.toSeconds());
        return Duration.ofMillis((long) (capped * 1000));
    }

    /** Zero is no life but the word of some servers for "does not end" or "there is none". */
    static @Nullable Duration refreshTokenLife(JsonObject json) {
        for (String name : REFRESH_LIVES) {
            Duration life = life(json, name);
            if (life != null) {
                return life;
            }
        }
        return null;
    }

    /** Null where it is absent; an empty one is a grant of nothing, never "as requested" (R-07, V-24). */
    static @Nullable Scope scope(JsonObject json) {
        String text = json.text("scope")
                .or(() -> json.texts("scope").map(list -> String.join(" ", list)))
                .orElse(null);
        return text == null ? null : Scope.of(allowed(text));
    }

    /** Scope tokens with characters that RFC 6749, section 3.3, does not allow are left out: nobody can have asked for them. */
    private static String allowed(String text) {
        return Arrays.stream(text.split("\\s+"))
                .filter(token -> token.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\'))
                .collect(Collectors.joining(" "));
    }

    /** All members that are neither named by the specification nor tokens. */
    static Map<String, Object> others(JsonObject json) {
        Map<String, Object> others = withoutTokens(json.toMap(UnaryOperator.identity()));
        others.keySet().removeAll(NAMED);
        return others;
    }

    private static Map<String, Object> withoutTokens(Map<?, ?> map) {
        Map<String, Object> rest = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (!isSecret(name.toString())) {
                rest.put(name.toString(), withoutTokens(value));
            }
        });
        return rest;
    }

    private static Object withoutTokens(Object value) {
        if (value instanceof Map<?, ?> map) {
            return withoutTokens(map);
        }
        return value instanceof List<?> list
                ? list.stream().map(TokenMembers::withoutTokens).toList()
                : value;
    }

    private static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Stream.of("token", "secret", "assertion", "password").anyMatch(lower::endsWith);
    }
}
