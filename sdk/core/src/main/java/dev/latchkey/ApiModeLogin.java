package dev.latchkey;

import dev.latchkey.error.LoginException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.internal.json.JsonObject;
import dev.latchkey.login.ApiModeSession;
import dev.latchkey.login.CallbackAnswer;
import dev.latchkey.login.LoginOutcome;
import dev.latchkey.login.LoginRequest;
import dev.latchkey.login.LoginStep;
import dev.latchkey.login.LoginToken;
import dev.latchkey.login.PendingLogin;
import dev.latchkey.login.SessionToken;
import dev.latchkey.provider.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in without the provider's page, where the provider lets the client ask for name and password itself.
 *
 * <pre>{@code
 * ApiModeLogin login = tokens.apiModeLogin();
 * ApiModeSession session = login.begin(LoginRequest.of("https://app.example.com/callback"));
 * LoginStep step = login.login(email, password);
 * if (step instanceof LoginStep.LoggedIn loggedIn) {
 *     tokens.adopt("42", login.agree(session, loggedIn.token()));
 * }
 * }</pre>
 *
 * <p>Each token of the way is of a type of its own, so that none can be used for another. Names, passwords and one-time passwords are
 * sent and forgotten.
 *
 * <p>Thread-safety: safe; every method may block for as long as one request takes.
 */
public final class ApiModeLogin {
    private final Login login;
    private final Config config;
    private final AuthorizationPage page;
    private final LoginCalls calls;
    private final Engine engine;

    ApiModeLogin(Assembly assembly, Login login) {
        this.login = login;
        this.config = assembly.config();
        this.page = new AuthorizationPage(config.provider(), assembly.calls());
        this.calls = new LoginCalls(config.provider(), assembly.calls());
        this.engine = assembly.engine();
    }

    /**
     * Begins a sign-in.
     *
     * @param request what to ask the person for
     * @return the session, with its deadline
     * @throws IllegalArgumentException if the provider's rules refuse the redirect URI
     * @throws OAuthException if the provider refused the request
     */
    public ApiModeSession begin(LoginRequest request) throws OAuthException {
        PendingLogin pending = Objects.requireNonNull(request, "request")
                .withParameter("mode", "api")
                .pending(
                        config.provider(),
                        config.clientId(),
                        config.key().scope(),
                        engine.time().now());
        JsonObject answer = page.object(pending.authorizationUrl());
        String token = answer.words("token").orElseThrow(() -> calls.unexpected("without a session token"));
        return ApiModeSession.of(pending, SessionToken.of(token));
    }

    /**
     * Sends name and password.
     *
     * @param email the name
     * @param password the password; sent and forgotten
     * @return what comes of it
     * @throws LoginException if they are wrong, or the account may not sign in
     * @throws OAuthException if the provider did not say
     */
    public LoginStep login(String email, String password) throws OAuthException {
        return step(email, password, null);
    }

    /**
     * Sends name and password with a one-time password.
     *
     * @param email the name
     * @param password the password; sent and forgotten
     * @param oneTimePassword the one-time password, 6 digits
     * @return what comes of it
     * @throws LoginException if one of them is wrong, or the account may not sign in
     * @throws OAuthException if the provider did not say
     */
    public LoginStep login(String email, String password, String oneTimePassword) throws OAuthException {
        return step(email, password, Objects.requireNonNull(oneTimePassword, "oneTimePassword"));
    }

    /** In this order, since a server may send a token that is of no use yet: what is missing, the one-time password, the token. */
    private LoginStep step(String email, String password, @Nullable String oneTimePassword) throws OAuthException {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("email", Objects.requireNonNull(email, "email"));
        members.put("password", Objects.requireNonNull(password, "password"));
        if (oneTimePassword != null) {
            members.put("otpCode", oneTimePassword);
        }
        JsonObject answer = calls.post(Endpoint.LOGIN, members, null);
        Optional<String> phase = answer.words("phase");
        if (phase.isPresent()) {
            return LoginStep.OnboardingIncomplete.of(phase.get());
        }
        String userId = answer.words("userId").orElse("");
        if (answer.isTrue("isOtpRequired") || answer.isTrue("requiresOtp")) {
            return LoginStep.OneTimePasswordRequired.of(
                    userId, answer.words("phoneNumber").orElse(null));
        }
        String token = answer.words("accessToken")
                .filter(value -> !value.equals("null"))
                .orElseThrow(() -> calls.unexpected("without a token, though nothing else is missing"));
        return LoginStep.LoggedIn.of(LoginToken.of(token), userId);
    }

    /**
     * Has a one-time password sent. It is not sent by itself.
     *
     * @param step what asked for it
     * @throws OAuthException if it was not sent; there may be too many of them
     */
    public void sendOneTimePassword(LoginStep.OneTimePasswordRequired step) throws OAuthException {
        calls.post(
                Endpoint.ONE_TIME_PASSWORD,
                Map.of("userId", Objects.requireNonNull(step, "step").userId()),
                null);
    }

    /**
     * Says that the person agrees, and gets the tokens.
     *
     * @param session the sign-in
     * @param person who agrees
     * @return the tokens, for {@link TokenManager#adopt}
     * @throws LoginException if the session is over, or the answer is not one to this sign-in
     * @throws OAuthException if the code could not be exchanged
     */
    public LoginOutcome.SignedIn agree(ApiModeSession session, LoginToken person) throws OAuthException {
        PendingLogin pending = Objects.requireNonNull(session, "session").pending();
        JsonObject answer = calls.post(
                Endpoint.APPROVAL,
                Map.of("token", session.token().value()),
                Objects.requireNonNull(person, "person").value());
        String callback =
                answer.words("url").orElseThrow(() -> calls.unexpected("without the address of the callback"));
        CallbackAnswer judged = pending.answer(
                callback, config.provider(), config.clientId(), engine.time().now());
        if (judged instanceof CallbackAnswer.Agreed agreed) {
            return login.exchanged(pending, agreed.grant());
        }
        throw calls.unexpected("as if the person had declined");
    }

    @Override
    public String toString() {
        return "ApiModeLogin[" + config.provider().name() + "]";
    }
}
