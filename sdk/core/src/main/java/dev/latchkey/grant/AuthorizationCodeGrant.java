package dev.latchkey.grant;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The code of a sign-in buys the tokens of the person (RFC 6749, section 4.1.3, with the verifier of RFC 7636). A code works once.
 *
 * <p>Thread-safety: immutable.
 */
public final class AuthorizationCodeGrant implements Grant {
    /** The registered name of this grant. */
    public static final String TYPE = "authorization_code";

    private final String code;
    private final String redirectUri;
    private final String codeVerifier;

    private AuthorizationCodeGrant(String code, String redirectUri, String codeVerifier) {
        this.code = code;
        this.redirectUri = redirectUri;
        this.codeVerifier = codeVerifier;
    }

    /**
     * Makes the grant.
     *
     * @param code the code of the callback
     * @param redirectUri the redirect URI of the authorization request, letter by letter
     * @param codeVerifier the verifier whose challenge the authorization request had
     * @return the grant
     */
    public static AuthorizationCodeGrant of(String code, String redirectUri, String codeVerifier) {
        return new AuthorizationCodeGrant(
                Objects.requireNonNull(code, "code"),
                Objects.requireNonNull(redirectUri, "redirectUri"),
                Objects.requireNonNull(codeVerifier, "codeVerifier"));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("code", code);
        parameters.put("redirect_uri", redirectUri);
        parameters.put("code_verifier", codeVerifier);
        return parameters;
    }

    @Override
    public String toString() {
        return "AuthorizationCodeGrant[redirectUri=" + redirectUri + "]";
    }
}
