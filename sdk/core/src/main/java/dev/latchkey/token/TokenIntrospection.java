package dev.latchkey.token;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an authorization server says about a token (RFC 7662, section 2.2).
 *
 * <p>Thread-safety: immutable.
 */
public final class TokenIntrospection {
    private final Map<String, Object> members;

    private TokenIntrospection(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * Makes an answer.
     *
     * @param members the members of the answer
     * @return the answer
     */
    public static TokenIntrospection of(Map<String, Object> members) {
        return new TokenIntrospection(Map.copyOf(Objects.requireNonNull(members, "members")));
    }

    /**
     * {@return whether the token is good now} Only {@code true} and the text "true", which some servers send, say so; where it is
     * not good, nothing else here means anything.
     */
    public boolean isActive() {
        return "true".equals(String.valueOf(members.get("active")));
    }

    /** {@return what the token allows, where the server says so; what cannot be a scope token is left out} */
    public Optional<Scope> scope() {
        return text("scope").map(Scope::ofAnswer);
    }

    /** {@return the client that the token was issued to, where the server says so} */
    public Optional<String> clientId() {
        return text("client_id");
    }

    /** {@return the user or client that the token is about, where the server says so} */
    public Optional<String> subject() {
        return text("sub");
    }

    /** {@return when the token ends, where the server says so in seconds since 1970} */
    public Optional<Instant> expiresAt() {
        Object seconds = members.get("exp");
        try {
            return seconds instanceof Number number
                    ? Optional.of(Instant.ofEpochSecond(number.longValue()))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@return everything that the server said} */
    public Map<String, Object> members() {
        return members;
    }

    private Optional<String> text(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** {@return whether the token is good, and nothing about whose it is} */
    @Override
    public String toString() {
        return "TokenIntrospection[active=" + isActive() + "]";
    }
}
