package dev.latchkey.testing;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The parameter {@code scope} (RFC 6749, section 3.3), read strictly: one space between two scopes, none around. */
final class Scopes {

    private static final Pattern SYNTAX =
            Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+( [\\x21\\x23-\\x5b\\x5d-\\x7e]+)*");

    private Scopes() {}

    static Set<String> parse(String parameter) {
        if (!SYNTAX.matcher(parameter).matches()) {
            throw Refusal.of(
                    "invalid_scope",
                    "The parameter scope must be scopes with one space between them, is '" + parameter
                            + "'; leave it out to ask for none in particular");
        }
        return new LinkedHashSet<>(Arrays.asList(parameter.split(" ", -1)));
    }

    /** What is granted to a client that asks for {@code asked}, which is empty where it asks for nothing in particular. */
    static Set<String> grant(Set<String> asked, Set<String> allowed) {
        if (asked.isEmpty()) {
            return allowed;
        }
        if (!allowed.isEmpty() && !allowed.containsAll(asked)) {
            Set<String> over = new LinkedHashSet<>(asked);
            over.removeAll(allowed);
            throw Refusal.of("invalid_scope", "Not allowed: " + over + ", allowed: " + allowed);
        }
        return asked;
    }

    static String text(Set<String> scopes) {
        return String.join(" ", scopes);
    }
}
