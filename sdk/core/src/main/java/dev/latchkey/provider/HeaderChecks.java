package dev.latchkey.provider;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Checks of header names and values, so that a bad one is never shown in another library's message. */
final class HeaderChecks {
    private static final Set<String> OURS = Set.of(
            "authorization",
            "accept-encoding",
            "content-type",
            "content-length",
            "transfer-encoding",
            "connection",
            "host");

    private HeaderChecks() {}

    /** A token request asks for JSON; what an API is asked for is the caller's choice. */
    static void checkForTokenRequest(String name, String value) {
        check(name, value);
        if (name.equalsIgnoreCase("accept")) {
            throw new IllegalArgumentException("header " + name + ": the SDK sets this header itself in token requests;"
                    + " remove the setting, or for API calls alone use apiHeader(...)");
        }
    }

    /**
     * Refuses a header that could not be sent, without showing its value.
     *
     * @param name the field name
     * @param value the field value, possibly a secret
     * @throws IllegalArgumentException if the name is not a token, is one that the SDK sets itself, or the value is blank
     *     or has a line break, another control character or a character outside ASCII
     */
    static void check(String name, String value) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            throw new IllegalArgumentException(
                    "header: the name is empty or has a character that no header name may have");
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "header " + name + ": the SDK sets this header itself; remove the setting");
        }
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "header " + name + ": the value is blank; was its environment variable set?");
        }
        checkCharacters(name, value);
    }

    private static void checkCharacters(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n') {
                throw new IllegalArgumentException("header " + name + ": the value has a line break at index " + i
                        + "; strip() it (a file that was read often ends in one)");
            }
            if ((c < 0x20 && c != '\t') || c >= 0x7f) {
                throw new IllegalArgumentException("header " + name + ": the value has a character at index " + i
                        + " that no header may carry; allowed is printable ASCII");
            }
        }
    }
}
