package dev.latchkey.login;

import dev.latchkey.error.ErrorCode;
import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.LoginException;
import dev.latchkey.error.LoginFailure;
import dev.latchkey.grant.AuthorizationCodeGrant;
import dev.latchkey.provider.Provider;
import java.time.Instant;

/** What a callback means for one sign-in. The state is looked at before all else. */
final class Callback {
    private final CallbackParameters parameters;
    private final Provider provider;

    private Callback(CallbackParameters parameters, Provider provider) {
        this.parameters = parameters;
        this.provider = provider;
    }

    static Callback of(String uri, Provider provider) {
        return new Callback(CallbackParameters.of(uri), provider);
    }

    CallbackAnswer judged(PendingLogin pending, Instant now) throws LoginException {
        if (parameters.repeated() != null) {
            throw failed(
                    LoginFailure.MALFORMED_CALLBACK,
                    "the callback has a parameter twice",
                    "Pass the callback on as it came; if it came so, refuse it: no server sends a parameter twice.");
        }
        state(pending);
        issuer();
        if (!now.isBefore(pending.deadline())) {
            throw failed(
                    LoginFailure.EXPIRED,
                    "the person came back after the deadline, " + pending.deadline(),
                    "Restart the sign-in: begin a new one and send the person to its address; show how much time is left.");
        }
        return parameters.has("error") ? error() : code(pending);
    }

    LoginException ofAnotherPlace() {
        return failed(
                LoginFailure.ISSUER_MISMATCH,
                "the sign-in was begun at another provider, or for another client",
                "Complete each sign-in with the manager that began it: choose it by what the session says, not by the callback.");
    }

    private void state(PendingLogin pending) throws LoginException {
        if (!parameters.hasStateOf(pending)) {
            throw failed(
                    LoginFailure.STATE_MISMATCH,
                    parameters.has("state") ? "the state is another one" : "the callback has no state",
                    "Restart the sign-in. The pending sign-in must come from the session of the very browser that was sent away,"
                            + " unchanged; a callback of another browser or session may be an attack and is refused.");
        }
    }

    /** RFC 9207, section 2.4: by simple comparison, also on errors. */
    private void issuer() throws LoginException {
        String named = parameters.get("iss");
        String expected = provider.issuer().orElse(null);
        if (named == null && provider.loginProfile().hasIssuerInCallback()) {
            throw failed(
                    LoginFailure.ISSUER_MISMATCH,
                    "the callback names no issuer, though the server's metadata says that it does",
                    "Restart the sign-in; if this goes on, the callback may come from another server: do not use it.");
        }
        if (named != null && expected != null && !named.equals(expected)) {
            throw failed(
                    LoginFailure.ISSUER_MISMATCH,
                    "the callback is of another issuer than " + expected,
                    "Do not use this callback: it comes from another authorization server. If the server's name has changed, set"
                            + " issuer(...) anew.");
        }
    }

    private CallbackAnswer error() throws LoginException {
        String code = parameters.text("error");
        if (code.isBlank()) {
            throw failed(
                    LoginFailure.MALFORMED_CALLBACK,
                    "the callback has an error without a code",
                    "Restart the sign-in; if this goes on, tell the provider.");
        }
        String description = parameters.text("error_description");
        if (code.equals(ErrorCode.ACCESS_DENIED.value())) {
            return new CallbackAnswer.Declined(description);
        }
        throw new LoginException(
                LoginFailure.REFUSED,
                ErrorDetails.builder(
                                "Sign-in",
                                "the server answered " + code
                                        + (description.isEmpty() ? "" : ": \"" + description + "\""))
                        .provider(provider.name())
                        .errorCode(ErrorCode.of(code))
                        .description(description.isEmpty() ? null : description)
                        .remedy(
                                "Check the client's registration: its redirect URIs, scopes and grants; then restart the sign-in.")
                        .retryable(code.equals("temporarily_unavailable") || code.equals("server_error"))
                        .build());
    }

    private CallbackAnswer code(PendingLogin pending) throws LoginException {
        String code = parameters.text("code");
        if (code.isBlank()) {
            throw failed(
                    LoginFailure.MALFORMED_CALLBACK,
                    "the callback has neither a code nor an error",
                    "Pass on the whole URI of the callback, with its query.");
        }
        return new CallbackAnswer.Agreed(AuthorizationCodeGrant.of(
                code, pending.redirectUri(), pending.secrets().verifier()));
    }

    private LoginException failed(LoginFailure failure, String outcome, String remedy) {
        return new LoginException(
                failure,
                ErrorDetails.builder("Sign-in", outcome)
                        .provider(provider.name())
                        .remedy(remedy)
                        .requestSent(false)
                        .build());
    }
}
