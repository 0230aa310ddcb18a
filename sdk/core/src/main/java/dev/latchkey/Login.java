package dev.latchkey;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.LoginException;
import dev.latchkey.error.LoginFailure;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.TokenRequestException;
import dev.latchkey.grant.AuthorizationCodeGrant;
import dev.latchkey.internal.endpoint.TokenEndpoint;
import dev.latchkey.internal.flight.Once;
import dev.latchkey.login.CallbackAnswer;
import dev.latchkey.login.LoginOutcome;
import dev.latchkey.login.LoginRequest;
import dev.latchkey.login.PendingLogin;
import dev.latchkey.provider.Provider;
import dev.latchkey.store.StoredToken;
import dev.latchkey.token.IdToken;
import dev.latchkey.token.TokenKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in with an authorization code, always with PKCE (S256) and a state of 256 bits.
 *
 * <pre>{@code
 * PendingLogin pending = tokens.login().begin(LoginRequest.of("https://app.example.com/callback"));
 * session.put("login", pending.toText());                        // then send the browser to pending.authorizationUrl()
 *
 * LoginOutcome outcome = tokens.login().complete(PendingLogin.parse(session.remove("login")), callbackUri);
 * if (outcome instanceof LoginOutcome.SignedIn signedIn) {
 *     tokens.adopt("42", signedIn);
 * }
 * }</pre>
 *
 * <p>Thread-safety: safe. Both methods may block for as long as one request takes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1">RFC 6749, section 4.1: Authorization Code Grant</a>
 */
public final class Login {
    private final Config config;
    private final TokenEndpoint endpoint;
    private final AuthorizationPage page;
    private final IdTokens idTokens;
    private final SignOut signOut;
    private final Engine engine;
    private final Once taken;

    Login(Assembly assembly, Once taken) {
        this.config = assembly.config();
        this.endpoint = assembly.endpoint();
        this.page = new AuthorizationPage(config.provider(), assembly.calls());
        this.idTokens = new IdTokens(config, assembly.calls());
        this.signOut = assembly.signOut();
        this.engine = assembly.engine();
        this.taken = taken;
    }

    /**
     * Begins a sign-in. Nothing is sent, unless the provider wants the client itself to make the authorization request.
     *
     * @param request what to ask the person for
     * @return the pending sign-in, to be kept in the person's session
     * @throws IllegalArgumentException if the provider's rules refuse the redirect URI, or it has no authorization endpoint
     * @throws OAuthException if the provider refused the request
     */
    public PendingLogin begin(LoginRequest request) throws OAuthException {
        Provider provider = config.provider();
        PendingLogin pending = Objects.requireNonNull(request, "request")
                .pending(
                        provider,
                        config.clientId(),
                        config.key().scope(),
                        engine.time().now());
        return provider.loginProfile().isRequestByClient() ? page.of(pending) : pending;
    }

    /**
     * Completes a sign-in. Each can be completed once, whether or not it succeeds.
     *
     * @param pending the sign-in, from the session of the browser that came back
     * @param callbackUri the whole URI under which it came back, with its query
     * @return that the person signed in, or declined
     * @throws LoginException if the callback is no answer to this sign-in, comes too late or says that it failed
     * @throws OAuthException if the code could not be exchanged
     */
    public LoginOutcome complete(PendingLogin pending, String callbackUri) throws OAuthException {
        Objects.requireNonNull(callbackUri, "callbackUri");
        CallbackAnswer answer = Objects.requireNonNull(pending, "pending")
                .answer(
                        callbackUri,
                        config.provider(),
                        config.clientId(),
                        engine.time().now());
        if (!taken.add(pending.id())) {
            throw alreadyCompleted();
        }
        if (answer instanceof CallbackAnswer.Agreed agreed) {
            return exchanged(pending, agreed.grant());
        }
        return LoginOutcome.Declined.of(((CallbackAnswer.Declined) answer).description());
    }

    LoginOutcome.SignedIn exchanged(PendingLogin pending, AuthorizationCodeGrant grant) throws OAuthException {
        TokenKey key = TokenKey.of(config.provider().tokenEndpoint(), config.clientId(), AuthorizationCodeGrant.TYPE)
                .withScope(config.key().scope());
        idTokens.prepare(pending);
        Issuer.Issue issue = issued(key, grant);
        try {
            @Nullable
            IdToken idToken =
                    idTokens.checked(issue.response(), pending, engine.time().now());
            return LoginOutcome.SignedIn.of(
                    issue.response(), issue.token().token().issuedAt(), idToken);
        } catch (LoginException e) {
            signOut.discard(StoredToken.builder(1)
                    .accessToken(issue.token().token())
                    .refreshToken(issue.response().refreshToken().orElse(null), null)
                    .build());
            throw e;
        }
    }

    private Issuer.Issue issued(TokenKey key, AuthorizationCodeGrant grant) throws OAuthException {
        try {
            return new Issuer(key, endpoint, config.provider().defaultTokenLife(), engine).request(grant);
        } catch (TokenRequestException e) {
            throw LoginRefusals.of(e);
        }
    }

    private LoginException alreadyCompleted() {
        return new LoginException(
                LoginFailure.ALREADY_COMPLETED,
                ErrorDetails.builder("Sign-in", "this sign-in was completed before")
                        .provider(config.provider().name())
                        .remedy(
                                "Take each pending sign-in out of the session when it is completed. If the person pressed reload or"
                                        + " back, send them on; otherwise restart the sign-in.")
                        .requestSent(false)
                        .build());
    }

    @Override
    public String toString() {
        return "Login[" + config.provider().name() + "]";
    }
}
