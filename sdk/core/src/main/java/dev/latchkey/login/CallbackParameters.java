package dev.latchkey.login;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters with which a person came back.
 *
 * @param values the parameters, the last of each name
 * @param repeated one that comes twice; null where none does
 */
record CallbackParameters(
        Map<String, String> values, @Nullable String repeated) {
    private static final int LONGEST = 16_384;

    static CallbackParameters of(String uri) {
        Map<String, String> values = new HashMap<>();
        String repeated = null;
        for (String pair : query(uri).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = decoded(pair.substring(0, equals));
                repeated = values.put(name, decoded(pair.substring(equals + 1))) == null ? repeated : name;
            }
        }
        return new CallbackParameters(values, repeated);
    }

    private static String query(String uri) {
        int query = uri.indexOf('?');
        return query < 0 || uri.length() > LONGEST
                ? ""
                : uri.substring(query + 1).replaceFirst("(?s)#.*", "");
    }

    /** A percent sign that encodes nothing stands for itself. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** In a time that does not depend on where they differ. */
    boolean hasStateOf(PendingLogin pending) {
        return same(pending.secrets().state(), text("state"));
    }

    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the names; the values are secret} */
    @Override
    public String toString() {
        return "CallbackParameters" + values.keySet();
    }
}
