package dev.latchkey.token;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an ID token says of the person who signed in, after its signature, issuer, audience, times and nonce were checked.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDToken">OpenID Connect Core, section 2: ID Token</a>
 */
public final class IdToken {
    private final String subject;
    private final Map<String, Object> claims;

    private IdToken(String subject, Map<String, Object> claims) {
        this.subject = subject;
        this.claims = claims;
    }

    /**
     * Makes a checked token.
     *
     * @param subject the server's own id of the person
     * @param claims all claims
     * @return the token
     */
    public static IdToken of(String subject, Map<String, Object> claims) {
        return new IdToken(Objects.requireNonNull(subject, "subject"), Map.copyOf(claims));
    }

    /** {@return the server's own id of the person, unique at that issuer} */
    public String subject() {
        return subject;
    }

    /**
     * {@return a claim that is a text}
     *
     * @param claim its name
     */
    public Optional<String> text(String claim) {
        return claims.get(claim) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** {@return all claims: texts, numbers, booleans, lists and maps; some are personal data} */
    public Map<String, Object> claims() {
        return claims;
    }

    /** {@return how many claims there are, nothing of the person} */
    @Override
    public String toString() {
        return "IdToken[" + claims.size() + " claims]";
    }
}
