package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.error.InvalidGrantException;
import dev.latchkey.error.LoginException;
import dev.latchkey.error.LoginFailure;
import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.error.ReauthorizationRequiredException;
import dev.latchkey.event.TokenIssued;
import dev.latchkey.login.LoginOutcome;
import dev.latchkey.login.LoginRequest;
import dev.latchkey.login.PendingLogin;
import dev.latchkey.provider.Provider;
import dev.latchkey.provider.ProviderMetadata;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.testing.RecordedTokenRequest;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.IdToken;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class LoginTest {
    private static final String CALLBACK = "https://app.example.com/callback";
    private final FakeTime time = new FakeTime();
    private final EventLog events = new EventLog();
    private FakeAuthorizationServer server;
    private TokenManager tokens;

    @BeforeEach
    void start() throws Exception {
        server = FakeAuthorizationServer.start(time);
        server.register(FakeClient.privateKeyJwt(Fixtures.CLIENT_ID, SigningKey.publicJwkSet(List.of(Fixtures.KEY)))
                .audience(FakeClient.Audience.EITHER)
                .redirectUris(CALLBACK)
                .scopes("openid", "read", "write"));
        tokens =
                manager(Discovery.of(ProviderMetadata.ofIssuer(server.issuer())).fetch());
    }

    private TokenManager manager(Provider provider) {
        return TokenManager.builder(provider)
                .clientId(Fixtures.CLIENT_ID)
                .signingKey(Fixtures.KEY)
                .scope("read")
                .retries(0)
                .eventListener(events)
                .clock(time)
                .ticker(time)
                .scheduler(time.scheduler())
                .build();
    }

    @AfterEach
    void stop() {
        tokens.close();
        server.close();
    }

    private PendingLogin begun() throws Exception {
        return tokens.login().begin(LoginRequest.of(CALLBACK));
    }

    private LoginFailure failure(PendingLogin pending, String callback) {
        LoginException e =
                catchThrowableOfType(LoginException.class, () -> tokens.login().complete(pending, callback));
        assertThat(e.remedy()).isNotBlank();
        return e.failure();
    }

    @Test
    void complete_personAgrees_bringsTokensThatAreRenewed() throws Exception {
        PendingLogin pending = begun();
        String callback = server.signIn(pending.authorizationUrl(), "user-1");
        LoginOutcome outcome = tokens.login().complete(PendingLogin.parse(pending.toText()), callback);

        assertThat(outcome).isInstanceOf(LoginOutcome.SignedIn.class);
        TokenSource user = tokens.adopt("42", (LoginOutcome.SignedIn) outcome);
        assertThat(server.isActive(user.token().value())).isTrue();
        assertThat(server.tokenRequestCount()).isEqualTo(1);
        time.advance(Duration.ofMinutes(5));
        assertThat(server.isActive(tokens.user("42").token().value())).isTrue();
        RecordedTokenRequest exchange = server.tokenRequests().get(0);
        assertThat(exchange.parameter("code_verifier").orElseThrow()).hasSize(43);
        assertThat(server.violations()).isEmpty();
    }

    @Test
    void complete_personAgrees_tellsThatATokenCame() throws Exception {
        PendingLogin pending = begun();
        tokens.login().complete(pending, server.signIn(pending.authorizationUrl(), "u"));
        assertThat(events.of(TokenIssued.class))
                .singleElement()
                .extracting(issued -> issued.key().grantType())
                .isEqualTo("authorization_code");
    }

    @Test
    void reject_adoptedToken_isRenewedAndNotFoundAgainInTheStore() throws Exception {
        PendingLogin pending = begun();
        var signedIn = (LoginOutcome.SignedIn)
                tokens.login().complete(pending, server.signIn(pending.authorizationUrl(), "u"));
        TokenSource user = tokens.adopt("42", signedIn);
        AccessToken refused = user.token();
        server.revoke(refused.value());
        user.reject(refused);
        assertThat(user.token().hasSameValueAs(refused)).isFalse();
        assertThat(server.tokenRequestCount()).isEqualTo(2);
    }

    @Test
    void complete_personDeclines_isAnOutcome() throws Exception {
        PendingLogin pending = begun();
        assertThat(tokens.login().complete(pending, server.decline(pending.authorizationUrl())))
                .isInstanceOf(LoginOutcome.Declined.class);
        assertThat(server.tokenRequestCount()).isZero();
    }

    @Test
    void begin_authorizationUrl_hasWhatPkceAndStateNeed() throws Exception {
        // V-18, R-67: S256 always
        HttpUrl url = HttpUrl.get(begun().authorizationUrl());
        assertThat(url.queryParameter("response_type")).isEqualTo("code");
        assertThat(url.queryParameter("code_challenge_method")).isEqualTo("S256");
        assertThat(url.queryParameter("code_challenge")).hasSize(43);
        assertThat(url.queryParameter("state")).hasSize(43);
        assertThat(url.queryParameter("redirect_uri")).isEqualTo(CALLBACK);
        assertThat(url.queryParameter("scope")).isEqualTo("read");
        assertThat(url.queryParameterNames()).doesNotContain("code_verifier", "client_secret", "nonce");
    }

    @Test
    void begin_tenThousandTimes_repeatsNothing() throws Exception {
        //
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            HttpUrl url = HttpUrl.get(begun().authorizationUrl());
            assertThat(seen.add(url.queryParameter("state"))).isTrue();
            assertThat(seen.add(url.queryParameter("code_challenge"))).isTrue();
        }
    }

    @Test
    void complete_stateOfAnotherSignIn_isRefused() throws Exception {
        // R-42, V-19
        String callback = server.signIn(begun().authorizationUrl(), "attacker");
        assertThat(failure(begun(), callback)).isEqualTo(LoginFailure.STATE_MISMATCH);
        assertThat(server.tokenRequestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com/callback",
                "https://app.example.com/callback?code=abc",
                "https://app.example.com/callback?code=abc&state=",
                "https://app.example.com/callback?code=abc&state=%zz",
                "?state=x&error=access_denied",
                ""
            })
    void complete_withoutTheState_isRefusedWhateverItSays(String callback) throws Exception {
        // R-42, V-19
        assertThat(failure(begun(), callback)).isEqualTo(LoginFailure.STATE_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"code", "state", "iss", "error"})
    void complete_parameterTwice_isRefused(String parameter) throws Exception {
        //
        PendingLogin pending = begun();
        String callback = server.signIn(pending.authorizationUrl(), "u");
        assertThat(failure(pending, callback + "&" + parameter + "=x&" + parameter + "=y"))
                .isEqualTo(LoginFailure.MALFORMED_CALLBACK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?access_token=at&token_type=Bearer&expires_in=300&",
                "?id_token=e30.e30.e30&",
                "?code=&access_token=at&"
            })
    void complete_tokenInTheCallback_isNotTaken(String answer) throws Exception {
        //
        PendingLogin pending = begun();
        String state = HttpUrl.get(pending.authorizationUrl()).queryParameter("state");
        String callback = CALLBACK + answer + "state=" + state + "&iss=" + server.issuer();
        assertThat(failure(pending, callback)).isEqualTo(LoginFailure.MALFORMED_CALLBACK);
        assertThat(failure(pending, callback.replace('?', '#'))).isEqualTo(LoginFailure.STATE_MISMATCH);
        assertThat(server.tokenRequestCount()).isZero();
    }

    @Test
    void complete_twice_asksOnce() throws Exception {
        //
        PendingLogin pending = begun();
        String callback = server.signIn(pending.authorizationUrl(), "u");
        tokens.login().complete(pending, callback);
        assertThat(failure(PendingLogin.parse(pending.toText()), callback)).isEqualTo(LoginFailure.ALREADY_COMPLETED);
        assertThat(server.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void complete_afterTheDeadline_saysRestart() throws Exception {
        //
        PendingLogin pending = begun();
        String callback = server.signIn(pending.authorizationUrl(), "u");
        assertThat(pending.deadline()).isEqualTo(time.instant().plus(Duration.ofMinutes(10)));
        time.advance(Duration.ofMinutes(10));
        LoginException e =
                catchThrowableOfType(LoginException.class, () -> tokens.login().complete(pending, callback));
        assertThat(e.failure()).isEqualTo(LoginFailure.EXPIRED);
        assertThat(e.remedy()).startsWith("Restart");
    }

    @Test
    void complete_otherIssuer_isRefused() throws Exception {
        // R-43, V-18
        PendingLogin pending = begun();
        String callback = server.signIn(pending.authorizationUrl(), "u");
        assertThat(failure(pending, callback.replaceFirst("iss=[^&]*", "iss=https%3A%2F%2Fevil.example")))
                .isEqualTo(LoginFailure.ISSUER_MISMATCH);
        assertThat(failure(pending, callback.replaceFirst("&?iss=[^&]*", ""))).isEqualTo(LoginFailure.ISSUER_MISMATCH);
        assertThat(server.tokenRequestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"invalid_scope,false", "server_error,true", "temporarily_unavailable,true", "unauthorized_client,false"
    })
    void complete_errorThatIsNotThePersons_isAnException(String code, boolean retryable) throws Exception {
        PendingLogin pending = begun();
        HttpUrl url = HttpUrl.get(pending.authorizationUrl());
        String callback =
                CALLBACK + "?error=" + code + "&state=" + url.queryParameter("state") + "&iss=" + server.issuer();
        LoginException e =
                catchThrowableOfType(LoginException.class, () -> tokens.login().complete(pending, callback));
        assertThat(e.failure()).isEqualTo(LoginFailure.REFUSED);
        assertThat(e.errorCode().orElseThrow().value()).isEqualTo(code);
        assertThat(e.isRetryable()).isEqualTo(retryable);
    }

    @Test
    void complete_atAnotherClientOrProvider_isRefused() throws Exception {
        //
        PendingLogin pending = begun();
        String callback = server.signIn(pending.authorizationUrl(), "u");
        try (TokenManager other = TokenManager.builder(tokens.provider())
                .clientId("other-client")
                .signingKey(Fixtures.KEY)
                .build()) {
            assertThat(catchThrowableOfType(
                                    LoginException.class, () -> other.login().complete(pending, callback))
                            .failure())
                    .isEqualTo(LoginFailure.ISSUER_MISMATCH);
        }
        assertThat(server.tokenRequestCount()).isZero();
    }

    @Test
    void complete_errorWithoutACode_isTyped() throws Exception {
        PendingLogin pending = begun();
        HttpUrl url = HttpUrl.get(pending.authorizationUrl());
        assertThat(failure(
                        pending, CALLBACK + "?error=&state=" + url.queryParameter("state") + "&iss=" + server.issuer()))
                .isEqualTo(LoginFailure.MALFORMED_CALLBACK);
    }

    @Test
    void complete_codeTooOld_isTypedWithTheWayOut() throws Exception {
        PendingLogin pending = begun();
        String callback = server.signIn(pending.authorizationUrl(), "u");
        String spoilt = callback.replaceFirst("code=[^&]*", "code=other");
        assertThatThrownBy(() -> tokens.login().complete(pending, spoilt))
                .isInstanceOfSatisfying(
                        InvalidGrantException.class, e -> assertThat(e.remedy()).contains("begin the sign-in again"));
    }

    @Test
    void complete_withOpenid_tellsWhoSignedIn() throws Exception {
        PendingLogin pending = tokens.login().begin(LoginRequest.of(CALLBACK).withScope("openid read"));
        var outcome = (LoginOutcome.SignedIn)
                tokens.login().complete(pending, server.signIn(pending.authorizationUrl(), "user-1"));
        IdToken person = outcome.idToken().orElseThrow();
        assertThat(person.subject()).isEqualTo("user-1");
        assertThat(person.toString()).doesNotContain("user-1");
    }

    @ParameterizedTest
    @CsvSource({
        "iss, https://evil.example",
        "aud, other-client",
        "nonce, other",
        "sub, ''",
        "exp, 1",
        "iat, 99999999999"
    })
    void complete_idTokenOfSomethingElse_isRefused(String claim, String value) throws Exception {
        Object sent = value.matches("[0-9]+") ? (Object) Long.valueOf(value) : value;
        server.idTokenClaim(claim, sent);
        PendingLogin pending = tokens.login().begin(LoginRequest.of(CALLBACK).withScope("openid"));
        LoginException e = catchThrowableOfType(
                LoginException.class,
                () -> tokens.login().complete(pending, server.signIn(pending.authorizationUrl(), "u")));
        assertThat(e.failure()).isEqualTo(LoginFailure.INVALID_ID_TOKEN);
        assertThat(e.getMessage()).contains(claim);
    }

    @Test
    void complete_idTokenSpoilt_isRefused() throws Exception {
        // V-27
        server.corruptIdTokens(true);
        PendingLogin pending = tokens.login().begin(LoginRequest.of(CALLBACK).withScope("openid"));
        assertThat(failure(pending, server.signIn(pending.authorizationUrl(), "u")))
                .isEqualTo(LoginFailure.INVALID_ID_TOKEN);
    }

    @Test
    void complete_serverChangedItsKey_fetchesTheNewOne() throws Exception {
        for (int i = 0; i < 2; i++) {
            PendingLogin pending =
                    tokens.login().begin(LoginRequest.of(CALLBACK).withScope("openid"));
            var outcome = (LoginOutcome.SignedIn)
                    tokens.login().complete(pending, server.signIn(pending.authorizationUrl(), "u"));
            assertThat(outcome.idToken()).isPresent();
            server.rotateSigningKey();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.com/callback",
                "https://app.example.com/callback#x",
                "https://user@app.example.com/callback",
                "javascript:alert(1)",
                "/callback",
                "https:///callback",
                "::"
            })
    void begin_redirectUriThatNobodyShouldUse_isRefusedBeforeABrowserOpens(String redirectUri) {
        //
        assertThatThrownBy(() -> tokens.login().begin(LoginRequest.of(redirectUri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("redirectUri: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:5000/callback", "com.example.app:/callback", "https://app.example.com/c?x=1"})
    void begin_redirectUriOfAnApp_isTaken(String redirectUri) throws Exception {
        assertThat(tokens.login().begin(LoginRequest.of(redirectUri)).redirectUri())
                .isEqualTo(redirectUri);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 42, 129})
    void withCodeVerifier_lengthOutOfRange_isRefused(int length) {
        //
        assertThatThrownBy(() -> LoginRequest.of(CALLBACK).withCodeVerifier("a".repeat(length)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("43 to 128");
    }

    @Test
    void withCodeVerifier_strangeCharacter_isRefusedWithoutEcho() {
        //
        assertThatThrownBy(() -> LoginRequest.of(CALLBACK).withCodeVerifier("secret+" + "a".repeat(40)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "e30", "bm90IGpzb24", "eyJ2IjoiMiJ9", "====", "\u00e4"})
    void parse_anythingElse_isRefusedWithTheRemedy(String text) {
        assertThatThrownBy(() -> PendingLogin.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begin again");
    }

    @Test
    void pendingLogin_toString_hasNoSecret() throws Exception {
        PendingLogin pending = tokens.login().begin(LoginRequest.of(CALLBACK));
        assertThat(pending.toString())
                .doesNotContain(HttpUrl.get(pending.authorizationUrl()).queryParameter("state"));
    }

    @Test
    void signOut_user_isForgottenHereAndAtTheServer() throws Exception {
        //
        PendingLogin pending = begun();
        var signedIn = (LoginOutcome.SignedIn)
                tokens.login().complete(pending, server.signIn(pending.authorizationUrl(), "u"));
        TokenSource user = tokens.adopt("42", signedIn);
        String refreshToken = signedIn.response().refreshToken().orElseThrow().value();
        tokens.signOut("42");

        assertThat(server.isActive(refreshToken)).isFalse();
        assertThat(catchThrowableOfType(ReauthorizationRequiredException.class, user::token)
                        .reason())
                .isEqualTo(ReauthorizationReason.SIGNED_OUT);
        assertThat(server.tokenRequestCount()).isEqualTo(1);
        tokens.signOut("42");
    }

    @Test
    void introspect_withClientAuthentication_tellsWhetherATokenIsGood() throws Exception {
        //
        String token = tokens.token().value();
        assertThat(Introspection.of(tokens).introspect(token).isActive()).isTrue();
        server.revoke(token);
        assertThat(Introspection.of(tokens).introspect(token).isActive()).isFalse();
    }
}
