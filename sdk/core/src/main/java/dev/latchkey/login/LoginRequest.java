package dev.latchkey.login;

import dev.latchkey.provider.Provider;
import dev.latchkey.token.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to ask a person to agree to. Every setter gives a new request.
 *
 * <pre>{@code
 * LoginRequest request = LoginRequest.of("https://app.example.com/callback").withScope("openid profile");
 * }</pre>
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1">RFC 6749, section 4.1.1: Authorization Request</a>
 */
public final class LoginRequest {
    private static final Set<String> OURS = Set.of(
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
            "code_verifier",
            "client_secret");

    private final String redirectUri;
    private final Scope scope;
    private final Map<String, String> parameters;
    private final @Nullable String codeVerifier;

    private LoginRequest(
            String redirectUri, Scope scope, Map<String, String> parameters, @Nullable String codeVerifier) {
        this.redirectUri = redirectUri;
        this.scope = scope;
        this.parameters = parameters;
        this.codeVerifier = codeVerifier;
    }

    /**
     * Starts with where the person comes back.
     *
     * @param redirectUri the redirect URI, letter by letter as it is registered at the provider
     * @return the request, for the manager's scope
     */
    public static LoginRequest of(String redirectUri) {
        return new LoginRequest(Objects.requireNonNull(redirectUri, "redirectUri"), Scope.none(), Map.of(), null);
    }

    /**
     * Asks for a scope. Default: that of the manager.
     *
     * @param text scope tokens separated by spaces; with {@code openid} an ID token comes and is checked
     * @return the request with it
     * @throws IllegalArgumentException if a scope token has a character that none may have
     */
    public LoginRequest withScope(String text) {
        return new LoginRequest(redirectUri, Scope.of(Objects.requireNonNull(text, "text")), parameters, codeVerifier);
    }

    /**
     * Adds a parameter to the authorization request, such as {@code login_hint} or {@code prompt}. Default: none.
     *
     * @param name the name
     * @param value the value
     * @return the request with it
     * @throws IllegalArgumentException if the SDK sets the parameter itself
     */
    public LoginRequest withParameter(String name, String value) {
        if (OURS.contains(Objects.requireNonNull(name, "name"))) {
            throw new IllegalArgumentException("parameter " + name + ": the SDK sets it itself; leave it out");
        }
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, Objects.requireNonNull(value, "value"));
        return new LoginRequest(redirectUri, scope, more, codeVerifier);
    }

    /**
     * Brings a verifier of one's own (RFC 7636, section 4.1). Default: 256 random bits.
     *
     * @param verifier 43 to 128 characters of letters, digits and {@code -._~}; never used before
     * @return the request with it
     * @throws IllegalArgumentException if it is shorter, longer or has another character
     */
    public LoginRequest withCodeVerifier(String verifier) {
        return new LoginRequest(redirectUri, scope, parameters, Pkce.checkedVerifier(verifier));
    }

    /** {@return where the person comes back} */
    public String redirectUri() {
        return redirectUri;
    }

    /**
     * Makes the sign-in that waits for the person. Nothing is sent.
     *
     * @param provider the provider
     * @param clientId the client
     * @param managersScope the scope to ask for where this request names none
     * @param now the time
     * @return the pending sign-in
     * @throws IllegalArgumentException if the provider's rules refuse the redirect URI, or it has no authorization endpoint
     */
    public PendingLogin pending(Provider provider, String clientId, Scope managersScope, Instant now) {
        provider.loginProfile().redirectUriRules().check(redirectUri);
        Scope asked = scope.isEmpty() ? managersScope : scope;
        String verifier = codeVerifier == null ? Pkce.randomValue() : codeVerifier;
        String nonce = asked.tokens().contains("openid") ? Pkce.randomValue() : "";
        Secrets secrets = new Secrets(Pkce.randomValue(), nonce, verifier);
        String url = AuthorizationUrl.of(provider, parameters(clientId, asked, secrets, provider));
        Duration life = provider.loginProfile().life();
        return new PendingLogin(redirectUri, url, now.plus(life), secrets, PendingLogin.place(provider, clientId));
    }

    /** In the order in which RFC 6749 and RFC 7636 name them. */
    private Map<String, String> parameters(String clientId, Scope asked, Secrets secrets, Provider provider) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("response_type", "code");
        all.put("client_id", clientId);
        all.put("redirect_uri", redirectUri);
        if (!asked.isEmpty()) {
            all.put("scope", asked.toString());
        }
        all.put("state", secrets.state());
        all.put("code_challenge", Pkce.challenge(secrets.verifier()));
        all.put("code_challenge_method", "S256");
        if (!secrets.nonce().isEmpty()) {
            all.put("nonce", secrets.nonce());
        }
        all.putAll(provider.loginProfile().parameters());
        all.putAll(parameters);
        return all;
    }

    @Override
    public String toString() {
        return "LoginRequest[" + redirectUri + ", scope=" + scope + ", " + parameters.keySet() + "]";
    }
}
