package dev.latchkey.grant;

import dev.latchkey.token.Scope;
import java.util.Map;

/**
 * The client asks for a token of its own (RFC 6749, section 4.4). A refresh token that a server sends all the same is not
 * used: the next request signs a new assertion (section 4.4.3).
 *
 * <p>Thread-safety: immutable.
 */
public final class ClientCredentialsGrant implements Grant {
    /** The registered name of this grant. */
    public static final String TYPE = "client_credentials";

    private final Scope scope;

    private ClientCredentialsGrant(Scope scope) {
        this.scope = scope;
    }

    /**
     * Makes the grant.
     *
     * @param scope what to ask for; where it is empty the parameter is left out and the server decides
     * @return the grant
     */
    public static ClientCredentialsGrant of(Scope scope) {
        return new ClientCredentialsGrant(scope);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, String> parameters() {
        return scope.isEmpty() ? Map.of() : Map.of("scope", scope.toString());
    }

    @Override
    public String toString() {
        return "ClientCredentialsGrant[scope=" + scope + "]";
    }
}
