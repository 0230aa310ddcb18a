package dev.latchkey.token;

import java.util.Locale;

/**
 * How an access token is used (RFC 6749, section 7.1). The set is open; names are compared without regard to case.
 *
 * <p>Thread-safety: immutable.
 */
public final class TokenType {
    /** The token alone proves the right to use it (RFC 6750). */
    public static final TokenType BEARER = new TokenType("Bearer");

    private final String name;

    private TokenType(String name) {
        this.name = name;
    }

    /**
     * Gives the type of that name.
     *
     * @param name the {@code token_type} of a token response, in any case
     * @return the type; {@link #BEARER} for every spelling of it
     */
    public static TokenType of(String name) {
        return name.equalsIgnoreCase(BEARER.name) ? BEARER : new TokenType(name);
    }

    /** {@return the name as the server wrote it; {@code Bearer} for bearer tokens} */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenType type && type.name.equalsIgnoreCase(name);
    }

    @Override
    public int hashCode() {
        return name.toLowerCase(Locale.ROOT).hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
