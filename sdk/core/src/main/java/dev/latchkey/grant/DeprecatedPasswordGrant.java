package dev.latchkey.grant;

import dev.latchkey.token.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The name and password of a user buy a token (RFC 6749, section 4.3). Deprecated by RFC 9700, section 2.4, which says that it
 * must not be used: it shows a person's password to the program. It is here only for service accounts at providers whose own
 * documents name it, and a manager refuses it for every other provider.
 *
 * <p>Thread-safety: immutable.
 */
public final class DeprecatedPasswordGrant implements Grant {
    /** The registered name of this grant. */
    public static final String TYPE = "password";

    private final String username;
    private final String password;
    private final Scope scope;

    private DeprecatedPasswordGrant(String username, String password, Scope scope) {
        this.username = username;
        this.password = password;
        this.scope = scope;
    }

    /**
     * Makes the grant.
     *
     * @param username the name of the account
     * @param password its password; kept out of every message
     * @return the grant, without scope
     * @throws IllegalArgumentException if one of them is empty
     */
    public static DeprecatedPasswordGrant of(String username, String password) {
        if (Objects.requireNonNull(username, "username").isBlank()
                || Objects.requireNonNull(password, "password").isEmpty()) {
            throw new IllegalArgumentException(
                    "username, password: one is empty; set both (was an environment variable not set?)");
        }
        return new DeprecatedPasswordGrant(username, password, Scope.none());
    }

    /**
     * Asks for a scope.
     *
     * @param wanted the scope; where it is empty the parameter is left out
     * @return the grant with it
     */
    public DeprecatedPasswordGrant withScope(Scope wanted) {
        return new DeprecatedPasswordGrant(username, password, Objects.requireNonNull(wanted, "wanted"));
    }

    /** {@return the name of the account} */
    public String username() {
        return username;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("username", username);
        parameters.put("password", password);
        if (!scope.isEmpty()) {
            parameters.put("scope", scope.toString());
        }
        return parameters;
    }

    @Override
    public String toString() {
        return "DeprecatedPasswordGrant[scope=" + scope + "]";
    }
}
