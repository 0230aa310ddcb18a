package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.InvalidGrantException;
import dev.latchkey.error.InvalidTokenException;
import dev.latchkey.error.LoginException;
import dev.latchkey.error.LoginFailure;
import dev.latchkey.login.ApiModeSession;
import dev.latchkey.login.LoginOutcome;
import dev.latchkey.login.LoginRequest;
import dev.latchkey.login.LoginStep;
import dev.latchkey.login.PendingLogin;
import dev.latchkey.provider.Baanx;
import dev.latchkey.provider.OlxPartner;
import dev.latchkey.testing.BaanxSimulator;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenType;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People sign in at the simulators of the prepared providers. */
@Timeout(20)
class ProviderLoginTest {
    private static final String EMAIL = "a@example.com";
    private static final String PASSWORD = "pass word";
    private final FakeTime time = new FakeTime();

    private TokenManager tokens(Simulated provider) {
        return provider.manager()
                .clock(time)
                .ticker(time)
                .scheduler(time.scheduler())
                .build();
    }

    private static int get(Simulated provider, TokenManager tokens, TokenSource source) throws IOException {
        OkHttpClient client =
                OAuthInterceptor.of(tokens).applyTo(new OkHttpClient.Builder()).build();
        Request request = new Request.Builder()
                .url(provider.simulator().baseUrl() + provider.path())
                .tag(TokenSource.class, source)
                .build();
        try (Response response = client.newCall(request).execute()) {
            return response.code();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oath", "baanx", "olx"})
    void login_personAgrees_callsAndRefreshesWork(String name) throws Exception {
        try (Simulated provider = Simulated.start(name, time);
                TokenManager tokens = tokens(provider)) {
            PendingLogin pending = tokens.login().begin(LoginRequest.of(Simulated.CALLBACK));
            String callback = provider.agreed(pending.authorizationUrl());
            var signedIn =
                    (LoginOutcome.SignedIn) tokens.login().complete(PendingLogin.parse(pending.toText()), callback);
            TokenSource user = tokens.adopt("42", signedIn);

            assertThat(get(provider, tokens, user)).isEqualTo(200);
            AccessToken first = user.token();
            time.advance(Duration.between(first.issuedAt(), first.expiresAt()));
            assertThat(get(provider, tokens, user)).isEqualTo(200);
            assertThat(provider.simulator().tokenRequestCount()).isEqualTo(2);
            assertThat(provider.simulator().violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oath", "baanx", "olx"})
    void login_personDeclines_isAnOutcome(String name) throws Exception {
        try (Simulated provider = Simulated.start(name, time);
                TokenManager tokens = tokens(provider)) {
            PendingLogin pending = tokens.login().begin(LoginRequest.of(Simulated.CALLBACK));
            assertThat(tokens.login().complete(pending, provider.declined(pending.authorizationUrl())))
                    .isInstanceOf(LoginOutcome.Declined.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oath", "baanx", "olx"})
    void login_codeUsedTwice_isTyped(String name) throws Exception {
        try (Simulated provider = Simulated.start(name, time);
                TokenManager tokens = tokens(provider);
                TokenManager other = tokens(provider)) {
            PendingLogin pending = tokens.login().begin(LoginRequest.of(Simulated.CALLBACK));
            String callback = provider.agreed(pending.authorizationUrl());
            tokens.login().complete(pending, callback);
            assertThatThrownBy(() -> other.login().complete(pending, callback))
                    .isInstanceOfSatisfying(
                            InvalidGrantException.class,
                            e -> assertThat(e.remedy()).contains("sign"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oath", "baanx", "olx"})
    void login_stateOfAnother_isRefused(String name) throws Exception {
        try (Simulated provider = Simulated.start(name, time);
                TokenManager tokens = tokens(provider)) {
            PendingLogin one = tokens.login().begin(LoginRequest.of(Simulated.CALLBACK));
            PendingLogin other = tokens.login().begin(LoginRequest.of(Simulated.CALLBACK));
            String callback = provider.agreed(one.authorizationUrl());
            assertThat(catchThrowableOfType(
                                    LoginException.class, () -> tokens.login().complete(other, callback))
                            .failure())
                    .isEqualTo(LoginFailure.STATE_MISMATCH);
        }
    }

    @Test
    void oath_openid_tellsWhoSignedIn() throws Exception {
        try (Simulated oath = Simulated.start("oath", time);
                TokenManager tokens = tokens(oath)) {
            PendingLogin pending =
                    tokens.login().begin(LoginRequest.of(Simulated.CALLBACK).withScope("openid one"));
            assertThat(HttpUrl.get(pending.authorizationUrl()).queryParameter("realm"))
                    .isEqualTo("one");
            var signedIn =
                    (LoginOutcome.SignedIn) tokens.login().complete(pending, oath.agreed(pending.authorizationUrl()));
            assertThat(signedIn.idToken().orElseThrow().subject()).isEqualTo("user-2");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void baanx_initiate_givesThePageByRedirectOrByJson(boolean redirect) throws Exception {
        try (Simulated baanx = Simulated.start("baanx", time);
                TokenManager tokens = tokens(baanx)) {
            ((BaanxSimulator) baanx.simulator()).redirectFromInitiate(redirect);
            PendingLogin pending = tokens.login().begin(LoginRequest.of(Simulated.CALLBACK));
            assertThat(tokens.login().complete(pending, baanx.agreed(pending.authorizationUrl())))
                    .isInstanceOf(LoginOutcome.SignedIn.class);
        }
    }

    @Test
    void baanx_redirectUriOfSomebodyElse_isRefusedWithTheRule() throws Exception {
        try (Simulated baanx = Simulated.start("baanx", time);
                TokenManager tokens = tokens(baanx)) {
            LoginException refused = catchThrowableOfType(
                    LoginException.class, () -> tokens.login().begin(LoginRequest.of(Simulated.CALLBACK + "/")));
            assertThat(refused.failure()).isEqualTo(LoginFailure.REDIRECT_URI_REFUSED);
            assertThat(refused.remedy()).contains("letter by letter");
        }
    }

    @Test
    void baanx_redirectUris_httpInTheSandboxOnlyAndNoQuery() {
        var sandbox = Baanx.sandbox("k").loginProfile().redirectUriRules();
        var production = Baanx.production("k").loginProfile().redirectUriRules();
        sandbox.check("http://app.example.com/cb");
        assertThatThrownBy(() -> production.check("http://app.example.com/cb"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http is refused");
        assertThatThrownBy(() -> production.check("https://app.example.com/cb?x=1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("query");
        assertThatThrownBy(() -> OlxPartner.country("pl")
                        .loginProfile()
                        .redirectUriRules()
                        .check("http://localhost/cb"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void baanx_apiMode_nameAndPasswordToTokens() throws Exception {
        try (Simulated baanx = Simulated.start("baanx", time);
                TokenManager tokens = tokens(baanx)) {
            ApiModeLogin login = tokens.apiModeLogin();
            ApiModeSession session = login.begin(LoginRequest.of(Simulated.CALLBACK));
            assertThat(session.deadline()).isEqualTo(time.instant().plus(Duration.ofMinutes(10)));
            LoginStep step = login.login(EMAIL, PASSWORD);
            var loggedIn = (LoginStep.LoggedIn) step;
            TokenSource user = tokens.adopt("42", login.agree(session, loggedIn.token()));

            assertThat(get(baanx, tokens, user)).isEqualTo(200);
            assertThat(loggedIn.toString()).doesNotContain(loggedIn.token().value());
            tokens.signOut("42");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void baanx_apiMode_oneTimePasswordIsAskedForAndSent(boolean otherName) throws Exception {
        try (Simulated baanx = Simulated.start("baanx", time);
                TokenManager tokens = tokens(baanx)) {
            BaanxSimulator simulator = (BaanxSimulator) baanx.simulator();
            simulator.requireOneTimePassword(EMAIL);
            simulator.nameRequiresOtp(otherName);
            ApiModeLogin login = tokens.apiModeLogin();
            ApiModeSession session = login.begin(LoginRequest.of(Simulated.CALLBACK));
            var asked = (LoginStep.OneTimePasswordRequired) login.login(EMAIL, PASSWORD);
            login.sendOneTimePassword(asked);
            assertThat(catchThrowableOfType(LoginException.class, () -> login.login(EMAIL, PASSWORD, "000000"))
                            .failure())
                    .isEqualTo(LoginFailure.WRONG_ONE_TIME_PASSWORD);
            var loggedIn = (LoginStep.LoggedIn) login.login(EMAIL, PASSWORD, simulator.oneTimePassword(EMAIL));
            assertThat(login.agree(session, loggedIn.token()).response().refreshToken())
                    .isPresent();
        }
    }

    @Test
    void baanx_apiMode_onboardingIncomplete_saysWhatIsMissing() throws Exception {
        try (Simulated baanx = Simulated.start("baanx", time);
                TokenManager tokens = tokens(baanx)) {
            ((BaanxSimulator) baanx.simulator()).onboardingPhase(EMAIL, "PHONE_NUMBER");
            LoginStep step = tokens.apiModeLogin().login(EMAIL, PASSWORD);
            assertThat(((LoginStep.OnboardingIncomplete) step).phase()).isEqualTo("PHONE_NUMBER");
        }
    }

    @Test
    void baanx_apiMode_wrongPassword_isTyped() throws Exception {
        try (Simulated baanx = Simulated.start("baanx", time);
                TokenManager tokens = tokens(baanx)) {
            LoginException refused = catchThrowableOfType(
                    LoginException.class, () -> tokens.apiModeLogin().login(EMAIL, "wrong-secret"));
            assertThat(refused.failure()).isEqualTo(LoginFailure.WRONG_CREDENTIALS);
            assertThat(refused.getMessage()).doesNotContain("wrong-secret");
        }
    }

    @Test
    void baanx_apiMode_disabledAccount_isTyped() throws Exception {
        try (Simulated baanx = Simulated.start("baanx", time);
                TokenManager tokens = tokens(baanx)) {
            ((BaanxSimulator) baanx.simulator()).disableUser(EMAIL);
            assertThat(catchThrowableOfType(
                                    LoginException.class,
                                    () -> tokens.apiModeLogin().login(EMAIL, PASSWORD))
                            .failure())
                    .isEqualTo(LoginFailure.ACCOUNT_DISABLED);
        }
    }

    @Test
    void baanx_apiMode_sessionOver_saysRestart() throws Exception {
        try (Simulated baanx = Simulated.start("baanx", time);
                TokenManager tokens = tokens(baanx)) {
            ApiModeLogin login = tokens.apiModeLogin();
            ApiModeSession session = login.begin(LoginRequest.of(Simulated.CALLBACK));
            var loggedIn = (LoginStep.LoggedIn) login.login(EMAIL, PASSWORD);
            time.advance(Duration.ofMinutes(11));
            LoginException over =
                    catchThrowableOfType(LoginException.class, () -> login.agree(session, loggedIn.token()));
            assertThat(over.failure()).isEqualTo(LoginFailure.EXPIRED);
            assertThat(over.remedy()).contains("10 minutes");
        }
    }

    /** Forced by hand: the types keep a program from doing so. */
    @Test
    void baanx_loginTokenOnACall_isRefusedWithTheConfusionNamed() throws Exception {
        try (Simulated baanx = Simulated.start("baanx", time);
                TokenManager tokens = tokens(baanx)) {
            var loggedIn = (LoginStep.LoggedIn) tokens.apiModeLogin().login(EMAIL, PASSWORD);
            AccessToken confused = AccessToken.of(
                    loggedIn.token().value(),
                    TokenType.BEARER,
                    Scope.none(),
                    time.instant(),
                    time.instant().plusSeconds(60));
            assertThatThrownBy(() -> get(baanx, tokens, new FixedSource(confused)))
                    .isInstanceOfSatisfying(
                            InvalidTokenException.class,
                            e -> assertThat(e.remedy()).contains("not the token of the login step"));
        }
    }

    private record FixedSource(AccessToken token) implements TokenSource {
        @Override
        public CompletableFuture<AccessToken> tokenAsync() {
            return CompletableFuture.completedFuture(token);
        }

        @Override
        public void reject(AccessToken refused) {}
    }
}
