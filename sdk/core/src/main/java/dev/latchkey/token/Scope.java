package dev.latchkey.token;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * A set of scope tokens (RFC 6749, section 3.3). Order is kept for the wire and ignored by {@link #equals}: servers return
 * the same scopes in another order.
 *
 * <p>Thread-safety: immutable.
 */
public final class Scope {
    private static final Scope NONE = new Scope(Set.of());

    private final Set<String> tokens;
    private final String text;

    private Scope(Set<String> tokens) {
        this.tokens = Collections.unmodifiableSet(tokens);
        this.text = String.join(" ", tokens);
    }

    /** {@return the empty scope: the parameter is left out of the request, and the server decides} */
    public static Scope none() {
        return NONE;
    }

    /**
     * Reads a list of scope tokens separated by white space, such as {@code "read write"}. Repeated tokens count once.
     *
     * @param text the list; may be blank, which gives {@link #none()}
     * @return the scope
     * @throws IllegalArgumentException if a token has a character that RFC 6749, section 3.3, does not allow
     */
    public static Scope of(String text) {
        Set<String> tokens = split(text);
        tokens.forEach(Scope::check);
        return tokens.isEmpty() ? NONE : new Scope(tokens);
    }

    /** Reads what a server wrote: what is no scope token is left out. */
    static Scope ofAnswer(String text) {
        Set<String> tokens = split(text);
        tokens.removeIf(token -> !isToken(token));
        return tokens.isEmpty() ? NONE : new Scope(tokens);
    }

    private static Set<String> split(String text) {
        var tokens = new LinkedHashSet<>(Arrays.asList(text.strip().split("\\s+")));
        tokens.remove("");
        return tokens;
    }

    private static boolean isToken(String token) {
        return token.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"' && c != '\\');
    }

    private static void check(String token) {
        if (!isToken(token)) {
            throw new IllegalArgumentException("scope: a scope token has a quote, a backslash, a control character or a"
                    + " character outside ASCII; separate tokens by single spaces and use the names of the provider");
        }
    }

    /** {@return the scope tokens, in the order they were given; may be empty} */
    public Set<String> tokens() {
        return tokens;
    }

    /** {@return whether there is no scope token} */
    public boolean isEmpty() {
        return tokens.isEmpty();
    }

    /**
     * Tells whether every token of another scope is in this one.
     *
     * @param other the scope to look for
     * @return whether this scope covers the other
     */
    public boolean covers(Scope other) {
        return tokens.containsAll(other.tokens);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scope scope && scope.tokens.equals(tokens);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tokens);
    }

    /** {@return the scope as it goes over the wire: tokens joined by one space} */
    @Override
    public String toString() {
        return text;
    }
}
