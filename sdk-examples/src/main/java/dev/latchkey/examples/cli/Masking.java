package dev.latchkey.examples.cli;

import java.util.Locale;
import java.util.Set;

/** Keeps secrets of answers out of what is shown. */
final class Masking {
    static final String MASK = "*****";

    private static final Set<String> SECRET = Set.of("set-cookie", "set-cookie2", "cookie", "authorization");

    private Masking() {}

    /** Cookies are credentials, and a Location may carry one in its query. */
    static String header(String name, String value) {
        String key = name.toLowerCase(Locale.ROOT);
        if (SECRET.contains(key)) {
            return MASK;
        }
        int query = value.indexOf('?');
        return key.equals("location") && query >= 0 ? value.substring(0, query) + "?" + MASK : value;
    }
}
