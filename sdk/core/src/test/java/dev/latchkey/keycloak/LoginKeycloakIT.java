package dev.latchkey.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import dev.latchkey.error.InvalidGrantException;
import dev.latchkey.error.LoginException;
import dev.latchkey.error.LoginFailure;
import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.error.ReauthorizationRequiredException;
import dev.latchkey.event.TokenRequestSent;
import dev.latchkey.login.LoginOutcome;
import dev.latchkey.login.LoginRequest;
import dev.latchkey.login.PendingLogin;
import dev.latchkey.token.IdToken;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People sign in at Keycloak's own pages, with an authorization code and PKCE. */
@Tag("keycloak")
@ExtendWith(KeycloakExtension.class)
@Timeout(300)
class LoginKeycloakIT {
    private final Keycloak keycloak;
    private final EventLog events = new EventLog();
    private final SignIn signIn;

    LoginKeycloakIT(Keycloak keycloak) {
        this.keycloak = keycloak;
        this.signIn = new SignIn(keycloak, events);
    }

    @ParameterizedTest
    @CsvSource({People.KEY_CLIENT + ",private_key_jwt", People.PUBLIC_CLIENT + ",none"})
    void complete_personSignsIn_tokenTakenByTheApi(String client, String method) throws Exception {
        //
        try (TokenManager tokens = signIn.manager(client).build()) {
            PendingLogin pending = SignIn.begun(tokens);
            String callback = signIn.callback(pending);
            LoginOutcome.SignedIn signedIn = signIn.completed(tokens, PendingLogin.parse(pending.toText()), callback);

            IdToken person = signedIn.idToken().orElseThrow();
            assertThat(person.subject()).isNotBlank();
            assertThat(person.text("iss")).contains(keycloak.server().issuer());
            tokens.adopt("42", signedIn);
            assertThat(signIn.userinfo(tokens, tokens.user("42"))).contains("\"sub\":\"" + person.subject() + "\"");
            assertThat(events.of(TokenRequestSent.class))
                    .singleElement()
                    .extracting(TokenRequestSent::clientAuthenticationMethod)
                    .isEqualTo(method);
        }
    }

    @Test
    void complete_personDeclines_isAnOutcome() throws Exception {
        try (TokenManager tokens = signIn.manager(People.CONSENT_CLIENT).build()) {
            PendingLogin pending = SignIn.begun(tokens);
            Browser browser = new Browser();
            browser.open(pending.authorizationUrl());
            assertThat(browser.signIn(People.USER, keycloak.realm().people().password()))
                    .as("asked for consent")
                    .isEmpty();
            String callback = browser.press("cancel").orElseThrow();

            assertThat(tokens.login().complete(pending, callback)).isInstanceOf(LoginOutcome.Declined.class);
            assertThat(events.of(TokenRequestSent.class)).isEmpty();
        }
    }

    @Test
    void complete_wrongPasswordFirst_isNoAnswerAndTheSameSignInGoesOn() throws Exception {
        try (TokenManager tokens = signIn.manager(People.PUBLIC_CLIENT).build()) {
            PendingLogin pending = SignIn.begun(tokens);
            Browser browser = new Browser();
            browser.open(pending.authorizationUrl());
            assertThat(browser.signIn(People.USER, "wrong")).isEmpty();
            String callback = browser.signIn(
                            People.USER, keycloak.realm().people().password())
                    .orElseThrow();

            assertThat(signIn.completed(tokens, pending, callback).idToken()).isPresent();
        }
    }

    @Test
    void complete_secondSignInOfTheSameBrowser_needsNoPassword() throws Exception {
        try (TokenManager tokens = signIn.manager(People.KEY_CLIENT).build()) {
            Browser browser = new Browser();
            browser.open(SignIn.begun(tokens).authorizationUrl());
            browser.signIn(People.USER, keycloak.realm().people().password());
            PendingLogin second = SignIn.begun(tokens);
            String callback = browser.open(second.authorizationUrl()).orElseThrow();

            assertThat(signIn.completed(tokens, second, callback).idToken()).isPresent();
        }
    }

    @Test
    void complete_twice_isRefusedBeforeTheServerIsAsked() throws Exception {
        //
        try (TokenManager tokens = signIn.manager(People.KEY_CLIENT).build()) {
            PendingLogin pending = SignIn.begun(tokens);
            String callback = signIn.callback(pending);
            TokenSource user = tokens.adopt("42", signIn.completed(tokens, pending, callback));

            assertThat(failure(tokens, pending, callback)).isEqualTo(LoginFailure.ALREADY_COMPLETED);
            assertThat(events.of(TokenRequestSent.class)).hasSize(1);
            assertThat(signIn.userinfo(tokens, user)).contains("\"sub\"");
        }
    }

    @Test
    void complete_twiceInTwoProcesses_keycloakRefusesTheSecondAndEndsTheFirst() throws Exception {
        try (TokenManager tokens = signIn.manager(People.KEY_CLIENT).build();
                TokenManager other = signIn.manager(People.KEY_CLIENT).build()) {
            PendingLogin pending = SignIn.begun(tokens);
            String callback = signIn.callback(pending);
            TokenSource user = tokens.adopt("42", signIn.completed(tokens, pending, callback));

            assertRefusedCode(other, pending, callback);

            ReauthorizationRequiredException end =
                    catchThrowableOfType(ReauthorizationRequiredException.class, () -> signIn.userinfo(tokens, user));
            assertThat(end.reason()).isEqualTo(ReauthorizationReason.REFUSED);
            assertThat(end.remedy()).contains("sign in again");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "state=[^&]*, state=other, STATE_MISMATCH",
        "state=[^&]*&?, '', STATE_MISMATCH",
        "iss=[^&]*, iss=https%3A%2F%2Fevil.example, ISSUER_MISMATCH",
        "iss=[^&]*&?, '', ISSUER_MISMATCH",
        "code=, code=x&code=, MALFORMED_CALLBACK"
    })
    void complete_callbackTamperedWith_isRefusedAndTheTrueOneStillTaken(
            String part, String instead, LoginFailure expected) throws Exception {
        //
        try (TokenManager tokens = signIn.manager(People.PUBLIC_CLIENT).build()) {
            PendingLogin pending = SignIn.begun(tokens);
            String callback = signIn.callback(pending);
            // Whole names only: session_state is none of ours.
            String tampered = callback.replaceFirst("(?<=[?&])" + part, instead);

            assertThat(tampered).isNotEqualTo(callback);
            assertThat(failure(tokens, pending, tampered)).isEqualTo(expected);
            assertThat(events.of(TokenRequestSent.class)).isEmpty();
            assertThat(signIn.completed(tokens, pending, callback).idToken()).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {People.KEY_CLIENT, People.PUBLIC_CLIENT})
    void complete_verifierOfAnotherSignIn_isTypedWithTheWayOut(String client) throws Exception {
        try (TokenManager tokens = signIn.manager(client).build()) {
            PendingLogin pending = SignIn.begun(tokens);
            PendingLogin other = SignIn.begun(tokens);
            String callback = signIn.callback(with("code_challenge", other, pending));

            LoginException refusal = catchThrowableOfType(
                    LoginException.class, () -> tokens.login().complete(pending, callback));
            assertThat(refusal.failure()).isEqualTo(LoginFailure.CODE_VERIFIER_REFUSED);
            assertThat(refusal.remedy()).contains("begin the sign-in again");
            assertThat(refusal.toString()).doesNotContain(HttpUrl.get(callback).queryParameter("code"));
        }
    }

    @Test
    void complete_nonceOfAnotherSignIn_isRefused() throws Exception {
        try (TokenManager tokens = signIn.manager(People.KEY_CLIENT).build()) {
            PendingLogin pending = SignIn.begun(tokens);
            String callback = signIn.callback(with("nonce", SignIn.begun(tokens), pending));

            LoginException refusal = catchThrowableOfType(
                    LoginException.class, () -> tokens.login().complete(pending, callback));
            assertThat(refusal.failure()).isEqualTo(LoginFailure.INVALID_ID_TOKEN);
            assertThat(refusal.getMessage()).contains("nonce");
        }
    }

    @Test
    void complete_scopeThatNobodyKnows_isAnExceptionWithTheServersWords() throws Exception {
        try (TokenManager tokens = signIn.manager(People.PUBLIC_CLIENT).build()) {
            PendingLogin pending =
                    tokens.login().begin(LoginRequest.of(People.CALLBACK).withScope("openid records.burn"));
            String callback = new Browser().open(pending.authorizationUrl()).orElseThrow();

            LoginException refusal = catchThrowableOfType(
                    LoginException.class, () -> tokens.login().complete(pending, callback));
            assertThat(refusal.failure()).isEqualTo(LoginFailure.REFUSED);
            assertThat(refusal.errorCode().orElseThrow().value()).isEqualTo("invalid_scope");
            assertThat(refusal.remedy()).contains("scopes");
        }
    }

    /** The sign-in, but with one parameter of another in the address that the browser opens. */
    private static PendingLogin with(String parameter, PendingLogin other, PendingLogin pending) {
        String value = HttpUrl.get(other.authorizationUrl()).queryParameter(parameter);
        return pending.withAuthorizationUrl(HttpUrl.get(pending.authorizationUrl())
                .newBuilder()
                .setQueryParameter(parameter, value)
                .build()
                .toString());
    }

    private static void assertRefusedCode(TokenManager tokens, PendingLogin pending, String callback) {
        InvalidGrantException refusal = catchThrowableOfType(
                InvalidGrantException.class, () -> tokens.login().complete(pending, callback));
        assertThat(refusal.remedy()).contains("begin the sign-in again");
        assertThat(refusal.toString()).doesNotContain(HttpUrl.get(callback).queryParameter("code"));
    }

    private static LoginFailure failure(TokenManager tokens, PendingLogin pending, String callback) {
        LoginException refusal =
                catchThrowableOfType(LoginException.class, () -> tokens.login().complete(pending, callback));
        assertThat(refusal.remedy()).isNotBlank();
        return refusal.failure();
    }
}
