package dev.latchkey.clientauth;

import java.util.Objects;

/** Checks and prints the short texts of a configuration: identifiers, names, addresses. Never secrets. */
final class Texts {

    private static final int LONGEST_PRINTED = 80;

    private Texts() {}

    static String requireText(String text, String name) {
        Objects.requireNonNull(text, name);
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " is blank. Leave it unset or give it a value.");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new IllegalArgumentException(
                        name + " holds a control character, perhaps a line break at its end. Remove it.");
            }
        }
        return text;
    }

    static String requireSecret(String secret) {
        Objects.requireNonNull(secret, "clientSecret");
        if (secret.isBlank()) {
            throw new IllegalArgumentException("clientSecret is blank. Check that the environment variable or the"
                    + " secret store it comes from is filled.");
        }
        return secret;
    }

    static String printable(String text) {
        String oneLine = text.replaceAll("\\p{Cntrl}", "?");
        return oneLine.length() <= LONGEST_PRINTED ? oneLine : oneLine.substring(0, LONGEST_PRINTED) + "…";
    }
}
