package dev.latchkey.examples;

import static java.util.Objects.requireNonNullElse;

import dev.latchkey.ApiModeLogin;
import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import dev.latchkey.error.OAuthException;
import dev.latchkey.login.ApiModeSession;
import dev.latchkey.login.LoginOutcome;
import dev.latchkey.login.LoginRequest;
import dev.latchkey.login.LoginStep;
import dev.latchkey.login.LoopbackReceiver;
import dev.latchkey.login.PendingLogin;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A person signs in, and the application calls an API for them from then on. */
public final class SignIn {
    private SignIn() {}

    /**
     * Begins a sign-in in a web application.
     *
     * @param tokens the manager
     * @param session the person's own session, kept on the server or encrypted
     * @return where to send the browser
     * @throws OAuthException if the provider refused to begin
     */
    public static String begin(TokenManager tokens, Map<String, String> session) throws OAuthException {
        // begin: sign-in begin
        PendingLogin pending = tokens.login().begin(LoginRequest.of("https://app.example.com/callback"));
        session.put("login", pending.toText());
        return pending.authorizationUrl();
        // end: sign-in begin
    }

    /**
     * Completes it, when the browser comes back.
     *
     * @param tokens the manager
     * @param session the session of the browser that came back
     * @param callbackUri the whole URI under which it came
     * @param userId the application's own id of the user
     * @return the source of this user's tokens; empty if the person declined
     * @throws OAuthException if the callback is no answer to this sign-in, or the code could not be exchanged
     */
    public static Optional<TokenSource> complete(
            TokenManager tokens, Map<String, String> session, String callbackUri, String userId) throws OAuthException {
        // begin: sign-in complete
        PendingLogin pending = PendingLogin.parse(requireNonNullElse(session.remove("login"), ""));
        LoginOutcome outcome = tokens.login().complete(pending, callbackUri);
        if (outcome instanceof LoginOutcome.SignedIn signedIn) {
            return Optional.of(tokens.adopt(userId, signedIn));
        }
        return Optional.empty();
        // end: sign-in complete
    }

    /**
     * Signs a person in from a command-line program.
     *
     * @param tokens the manager
     * @param browser opens an address, or shows it to the person
     * @return how it ended
     * @throws IOException if nobody came back, or the code could not be exchanged
     * @throws InterruptedException if the program is to end
     */
    public static LoginOutcome onTheCommandLine(TokenManager tokens, Consumer<String> browser)
            throws IOException, InterruptedException {
        // begin: sign-in loopback
        try (LoopbackReceiver receiver = LoopbackReceiver.open()) {
            PendingLogin pending = tokens.login().begin(LoginRequest.of(receiver.redirectUri()));
            browser.accept(pending.authorizationUrl());
            return tokens.login().complete(pending, receiver.await(pending, Duration.ofMinutes(10)));
        }
        // end: sign-in loopback
    }

    /**
     * Signs a person in where the provider lets the client ask for name and password itself.
     *
     * @param tokens the manager
     * @param email the name
     * @param password the password
     * @param oneTimePassword asks the person for the one-time password that was sent
     * @return the tokens; empty if the person has to finish registering first
     * @throws OAuthException if one of them was wrong, or the provider did not answer
     */
    public static Optional<LoginOutcome.SignedIn> withPassword(
            TokenManager tokens, String email, String password, Supplier<String> oneTimePassword)
            throws OAuthException {
        // begin: sign-in api mode
        ApiModeLogin login = tokens.apiModeLogin();
        ApiModeSession session = login.begin(LoginRequest.of("https://app.example.com/callback"));
        LoginStep step = login.login(email, password);
        if (step instanceof LoginStep.OneTimePasswordRequired asked) {
            login.sendOneTimePassword(asked);
            step = login.login(email, password, oneTimePassword.get());
        }
        if (step instanceof LoginStep.LoggedIn loggedIn) {
            return Optional.of(login.agree(session, loggedIn.token()));
        }
        return Optional.empty();
        // end: sign-in api mode
    }
}
