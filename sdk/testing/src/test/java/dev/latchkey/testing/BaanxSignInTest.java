package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in at Baanx: initiate, the hosted page or a login, authorize, and the code. */
@Timeout(30)
class BaanxSignInTest {

    private static final OkHttpClient HTTP =
            new OkHttpClient.Builder().followRedirects(false).build();
    private static final String EMAIL = "ann@example.com";

    private final FakeTime time = new FakeTime();
    private final BaanxSimulator baanx = BaanxSimulator.start(time);

    @BeforeEach
    void register() {
        baanx.registerClient("key");
        baanx.registerRedirectUri(SignInCall.REDIRECT);
        baanx.registerUser(EMAIL, "pw");
    }

    @AfterEach
    void close() {
        baanx.close();
    }

    private TokenCall at(String url) {
        return TokenCall.to(url).header("x-client-key", "key");
    }

    private SignInCall request() {
        return SignInCall.to(baanx.baseUrl() + "/v1/auth/oauth/authorize/initiate", "key");
    }

    private TokenCall.Result initiate(SignInCall request) throws IOException {
        return at(request.url()).get(HTTP);
    }

    private TokenCall.Result post(TokenCall call, Map<String, String> members) throws IOException {
        StringBuilder json = new StringBuilder("{\"_\":0");
        members.forEach((name, value) ->
                json.append(",\"").append(name).append("\":\"").append(value).append('"'));
        return call.send(HTTP, RequestBody.create(json.append('}').toString(), MediaType.get("application/json")));
    }

    private TokenCall.Result login(Map<String, String> members) throws IOException {
        return post(at(baanx.baseUrl() + "/v1/auth/login"), members);
    }

    private String session() throws IOException {
        return initiate(request().with("mode", "api")).json().path("token").asText();
    }

    private String loginToken() throws IOException {
        return login(Map.of("email", EMAIL, "password", "pw"))
                .json()
                .path("accessToken")
                .asText();
    }

    private TokenCall.Result authorize(String loginToken, String session) throws IOException {
        return post(at(baanx.baseUrl() + "/v1/auth/oauth/authorize").bearer(loginToken), Map.of("token", session));
    }

    private String hostedUrl() throws IOException {
        return initiate(request()).header("Location").orElseThrow();
    }

    private String code() throws IOException {
        return SignInCall.of(baanx.signIn(hostedUrl(), EMAIL), "code");
    }

    private TokenCall.Result redeem(String code, String redirectUri, String verifier) throws IOException {
        String body = "{\"grant_type\":\"authorization_code\",\"code\":\"" + code + "\",\"redirect_uri\":\""
                + redirectUri + "\",\"code_verifier\":\"" + verifier + "\"}";
        return at(baanx.tokenEndpoint()).send(HTTP, RequestBody.create(body, MediaType.get("application/json")));
    }

    private TokenCall.Result redeem(String code) throws IOException {
        return redeem(code, SignInCall.REDIRECT, SignInCall.VERIFIER);
    }

    private TokenCall.Result user(String token) throws IOException {
        return at(baanx.baseUrl() + "/v1/user").bearer(token).get(HTTP);
    }

    private void assertError(TokenCall.Result result, String id) {
        DocumentedError error = baanx.errors().stream()
                .filter(e -> e.id().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(result.text()).isEqualTo(error.body());
        assertThat(result.status()).isEqualTo(error.status());
    }

    @Test
    void apiMode_allFourSteps_bringTokens() throws IOException {
        TokenCall.Result authorized = authorize(loginToken(), session());

        assertThat(authorized.json().path("state").asText()).isEqualTo("a b&c");
        String code = authorized.json().path("code").asText();
        String url = authorized.json().path("url").asText();
        assertThat(url).startsWith(SignInCall.REDIRECT + "?");
        assertThat(SignInCall.of(url, "code")).isEqualTo(code);
        assertThat(SignInCall.of(url, "state")).isEqualTo("a b&c");

        TokenCall.Result tokens = redeem(code);
        assertThat(tokens.json().path("expires_in").asInt()).isEqualTo(21_600);
        assertThat(baanx.isActive(tokens.refreshToken())).isTrue();
        String userId = login(Map.of("email", EMAIL, "password", "pw"))
                .json()
                .path("userId")
                .asText();
        assertThat(user(tokens.accessToken()).text()).isEqualTo("{\"id\":\"" + userId + "\"}");
        assertThat(baanx.violations()).isEmpty();
        assertThat(baanx.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void hostedPage_signIn_bringsCodeAndState() throws IOException {
        TokenCall.Result started = initiate(request());
        assertThat(started.status()).isEqualTo(302);
        String hosted = started.header("Location").orElseThrow();
        assertThat(TokenCall.to(hosted).get(HTTP).status()).isEqualTo(200);

        String callback = baanx.signIn(hosted, EMAIL);

        assertThat(callback).startsWith(SignInCall.REDIRECT + "?");
        assertThat(SignInCall.of(callback, "state")).isEqualTo("a b&c");
        assertThat(redeem(SignInCall.of(callback, "code")).status()).isEqualTo(200);
        assertThatThrownBy(() -> baanx.signIn(hosted, EMAIL)).isInstanceOf(AssertionError.class);
    }

    @Test
    void hostedPage_asJson_isNamedWithoutASession() throws IOException {
        baanx.redirectFromInitiate(false);

        TokenCall.Result started = initiate(request());

        assertThat(started.status()).isEqualTo(200);
        assertThat(started.json().has("token")).isFalse();
        assertThat(baanx.signIn(started.json().path("url").asText(), EMAIL)).contains("code=");
    }

    @Test
    void hostedPage_ofApiMode_takesPeopleToo() throws IOException {
        TokenCall.Result started = initiate(request().with("mode", "api"));

        assertThat(started.status()).isEqualTo(200);
        assertThat(baanx.signIn(started.json().path("url").asText(), EMAIL)).contains("code=");
    }

    @Test
    void hostedPage_declined_bringsAccessDeniedAndEndsTheSession() throws IOException {
        String hosted = hostedUrl();

        String callback = baanx.decline(hosted);

        assertThat(SignInCall.of(callback, "error")).isEqualTo("access_denied");
        assertThat(SignInCall.of(callback, "state")).isEqualTo("a b&c");
        assertThatThrownBy(() -> baanx.decline(hosted)).isInstanceOf(AssertionError.class);
    }

    @Test
    void hostedPage_thatRedirectsNobody_failsTheTest() throws IOException {
        String hosted = hostedUrl();

        assertThatThrownBy(() -> baanx.signIn("https://example.com/hosted", EMAIL))
                .isInstanceOf(AssertionError.class);
        baanx.onboardingPhase(EMAIL, "ACCOUNT");
        assertThatThrownBy(() -> baanx.signIn(hosted, EMAIL))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not complete");
        assertThat(baanx.signIn(hosted, "unregistered@example.com")).contains("code=");
        String late = hostedUrl();
        time.advance(Duration.ofMinutes(10));
        assertThatThrownBy(() -> baanx.signIn(late, "x@example.com"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("10 minutes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"client_id", "response_type", "redirect_uri", "state", "code_challenge", "code_challenge_method"
            })
    void initiate_parameterMissingOrRepeated_isNamed(String name) throws IOException {
        String text =
                "{\"error\":\"invalid_request\",\"error_description\":\"Missing required parameter: " + name + "\"}";

        TokenCall.Result missing = initiate(request().without(name));
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.text()).isEqualTo(text);
        assertThat(initiate(request().more(name, "x")).text()).isEqualTo(text);
        assertThat(baanx.violations()).hasSize(2).allMatch(sentence -> sentence.contains(name));
    }

    @ParameterizedTest
    @CsvSource({"response_type, token", "code_challenge, short", "code_challenge_method, plain"})
    void initiate_parameterWrong_isNamedAsMissing(String name, String value) throws IOException {
        assertThat(initiate(request().with(name, value)).reason()).isEqualTo("Missing required parameter: " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.com/callback/", "https://app.example.com/callback?x=1", "x:/y"})
    void initiate_anotherRedirectUri_isRefused(String redirectUri) throws IOException {
        assertError(initiate(request().with("redirect_uri", redirectUri)), "baanx-redirect");
    }

    @Test
    void initiate_keys_areChecked() throws IOException {
        assertError(TokenCall.to(request().url()).get(HTTP), "baanx-499");
        assertError(at(request().url()).header("x-client-key", "other").get(HTTP), "baanx-498");
        assertError(initiate(request().with("client_id", "other")), "baanx-client");
        baanx.registerClient("key", "secret");
        assertError(at(request().url()).header("x-secret-key", "wrong").get(HTTP), "baanx-client");
        assertThat(at(request().url())
                        .header("x-secret-key", "secret")
                        .get(HTTP)
                        .status())
                .isEqualTo(302);
        assertThat(baanx.violations()).singleElement().asString().contains("client_id");
    }

    @Test
    void login_complete_hasTheDocumentedMembers() throws IOException {
        TokenCall.Result result = login(Map.of("email", EMAIL, "password", "pw"));

        assertThat(result.status()).isEqualTo(200);
        assertThat(result.json().properties())
                .extracting(Map.Entry::getKey)
                .containsExactly(
                        "accessToken",
                        "userId",
                        "isOtpRequired",
                        "phoneNumber",
                        "phase",
                        "verificationState",
                        "isLinked");
        assertThat(result.json().path("accessToken").asText()).startsWith("login_");
        assertThat(result.json().path("isOtpRequired").isBoolean()).isTrue();
        assertThat(result.json().path("phase").isNull()).isTrue();
        assertThat(result.json().path("verificationState").asText()).isEqualTo("VERIFIED");
    }

    @Test
    void login_wrongOrDisabled_isRefused() throws IOException {
        assertError(login(Map.of("email", EMAIL, "password", "no")), "baanx-login-wrong");
        assertError(login(Map.of("email", "x", "password", "pw")), "baanx-login-wrong");
        assertError(login(Map.of("email", EMAIL)), "baanx-422");
        assertError(login(Map.of("password", "pw")), "baanx-422");
        assertError(
                at(baanx.baseUrl() + "/v1/auth/login")
                        .with("email", EMAIL)
                        .with("password", "pw")
                        .send(HTTP),
                "baanx-422");
        baanx.disableUser(EMAIL);
        assertError(login(Map.of("email", EMAIL, "password", "pw")), "baanx-login-disabled");
        assertThatThrownBy(() -> baanx.disableUser("x")).hasMessageContaining("registerUser");
    }

    @Test
    void login_withOneTimePassword_needsTheSentOneOnce() throws IOException {
        baanx.requireOneTimePassword(EMAIL);
        TokenCall.Result first = login(Map.of("email", EMAIL, "password", "pw"));
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().path("isOtpRequired").booleanValue()).isTrue();
        assertThat(first.json().path("accessToken").isNull()).isTrue();
        assertThatThrownBy(() -> baanx.oneTimePassword(EMAIL)).isInstanceOf(IllegalStateException.class);

        String userId = first.json().path("userId").asText();
        TokenCall.Result sent = post(at(baanx.baseUrl() + "/v1/auth/login/otp"), Map.of("userId", userId));
        assertThat(sent.text()).isEqualTo("{\"success\":true}");
        String code = baanx.oneTimePassword(EMAIL);
        assertThat(code).matches("[0-9]{6}");

        assertThat(login(Map.of("email", EMAIL, "password", "pw", "otpCode", "x"))
                        .status())
                .isEqualTo(400);
        Map<String, String> whole = Map.of("email", EMAIL, "password", "pw", "otpCode", code);
        TokenCall.Result complete = login(whole);
        assertThat(complete.json().path("isOtpRequired").booleanValue()).isFalse();
        assertThat(authorize(complete.json().path("accessToken").asText(), session())
                        .status())
                .isEqualTo(200);
        assertThat(login(whole).status()).isEqualTo(400);
        assertError(post(at(baanx.baseUrl() + "/v1/auth/login/otp"), Map.of("userId", "x")), "baanx-422");
    }

    @Test
    void login_otherName_isRequiresOtp() throws IOException {
        baanx.nameRequiresOtp(true);
        baanx.requireOneTimePassword(EMAIL);

        TokenCall.Result result = login(Map.of("email", EMAIL, "password", "pw"));

        assertThat(result.json().path("requiresOtp").booleanValue()).isTrue();
        assertThat(result.json().has("isOtpRequired")).isFalse();
    }

    @Test
    void login_whileOnboarding_givesNoToken() throws IOException {
        baanx.onboardingPhase(EMAIL, "PHONE_NUMBER");

        TokenCall.Result result = login(Map.of("email", EMAIL, "password", "pw"));

        assertThat(result.status()).isEqualTo(200);
        assertThat(result.json().path("phase").asText()).isEqualTo("PHONE_NUMBER");
        assertThat(result.json().path("accessToken").isNull()).isTrue();
        assertThatThrownBy(() -> baanx.onboardingPhase(EMAIL, "OTHER")).hasMessageContaining("MAILING_ADDRESS");
        assertThatThrownBy(() -> baanx.onboardingPhase("x", "ACCOUNT")).hasMessageContaining("registerUser");
    }

    @Test
    void tenant_ofTheUnitedStates_mustBeNamedAtEachStep() throws IOException {
        baanx.requireUsEnvironment(true);

        assertError(login(Map.of("email", EMAIL, "password", "pw")), "baanx-login-wrong");
        TokenCall.Result login = post(
                at(baanx.baseUrl() + "/v1/auth/login").header("x-us-env", "true"),
                Map.of("email", EMAIL, "password", "pw"));
        String token = login.json().path("accessToken").asText();
        assertThat(token).startsWith("US_");
        assertError(authorize(token, session()), "baanx-401");
        assertError(redeem(code()), "baanx-code");
    }

    @Test
    void authorize_lateOrAgainOrByAnother_findsNoSession() throws IOException {
        String login = loginToken();
        String session = session();
        baanx.registerClient("second");
        TokenCall.Result other = login(Map.of("email", EMAIL, "password", "pw"));
        assertThat(other.status()).isEqualTo(200);

        assertError(authorize(login, "unknown"), "baanx-session");
        assertThat(authorize(login, session).status()).isEqualTo(200);
        assertError(authorize(login, session), "baanx-session");
        String late = session();
        time.advance(Duration.ofMinutes(10).minusNanos(1));
        String justInTime = session();
        time.advance(Duration.ofNanos(1));
        assertError(authorize(login, late), "baanx-session");
        assertThat(authorize(login, justInTime).status()).isEqualTo(200);
        assertThat(post(at(baanx.baseUrl() + "/v1/auth/oauth/authorize").bearer(login), Map.of())
                        .reason())
                .isEqualTo("Missing required parameter: token");
    }

    @Test
    void authorize_sessionOfAnotherClient_isRefused() throws IOException {
        String session = session();
        baanx.registerClient("second");
        String login = post(
                        at(baanx.baseUrl() + "/v1/auth/login").header("x-client-key", "second"),
                        Map.of("email", EMAIL, "password", "pw"))
                .json()
                .path("accessToken")
                .asText();

        TokenCall.Result result = post(
                at(baanx.baseUrl() + "/v1/auth/oauth/authorize")
                        .header("x-client-key", "second")
                        .bearer(login),
                Map.of("token", session));

        assertError(result, "baanx-session");
        assertError(authorize(login, session), "baanx-401");
    }

    @Test
    void threeTokens_areNotMixedUp() throws IOException {
        String login = loginToken();
        String session = session();
        String access = redeem(code()).accessToken();

        assertError(user(login), "baanx-401");
        assertError(user(session), "baanx-401");
        assertError(authorize(access, session), "baanx-401");
        assertError(authorize(session, session), "baanx-401");
        assertThat(user(access).status()).isEqualTo(200);
        time.advance(Duration.ofHours(6));
        assertError(authorize(login, session()), "baanx-401");
    }

    @Test
    void code_usedTwice_endsTheSession() throws IOException {
        String code = code();
        TokenCall.Result first = redeem(code);

        assertError(redeem(code), "baanx-code");

        assertThat(baanx.isActive(first.accessToken())).isFalse();
        assertThat(baanx.isActive(first.refreshToken())).isFalse();
        assertThat(baanx.violations()).hasSize(1);
    }

    @Test
    void code_unknownOrOld_isRefused() throws IOException {
        assertError(redeem("unknown"), "baanx-code");
        String old = code();
        time.advance(Duration.ofMinutes(10));
        assertError(redeem(old), "baanx-code");
        assertThat(redeem("").reason()).isEqualTo("Missing required parameter: code");
        assertThat(redeem("x", "", "x").reason()).isEqualTo("Missing required parameter: redirect_uri");
        assertThat(redeem("x", "x", "").reason()).isEqualTo("Missing required parameter: code_verifier");
    }

    @Test
    void code_wrongVerifierOrRedirectUri_isBurnt() throws IOException {
        String one = code();
        assertError(redeem(one, SignInCall.REDIRECT, "w".repeat(43)), "baanx-pkce");
        assertError(redeem(one), "baanx-code");

        String two = code();
        assertError(redeem(two, SignInCall.REDIRECT + "/", SignInCall.VERIFIER), "baanx-redirect");
        assertError(redeem(two), "baanx-code");
    }

    @Test
    void redirectUri_withAQuery_isNotRegistered() {
        assertThatThrownBy(() -> baanx.registerRedirectUri("https://app.example.com/?x=1"))
                .hasMessageContaining("no query");
    }

    @Test
    void documentedErrors_ofEachStep_comeThere() throws IOException {
        baanx.nextError("baanx-code");
        assertError(redeem(code()), "baanx-code");
        baanx.nextError("baanx-redirect");
        assertError(initiate(request()), "baanx-redirect");
        baanx.nextError("baanx-login-disabled");
        assertError(login(Map.of()), "baanx-login-disabled");
    }
}
