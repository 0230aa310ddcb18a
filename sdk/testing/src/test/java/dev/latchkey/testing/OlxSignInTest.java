package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
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

/** Signing in at OLX: the page, and the code at the token endpoint. */
@Timeout(30)
class OlxSignInTest {

    private static final OkHttpClient HTTP = new OkHttpClient();

    private final FakeTime time = new FakeTime();
    private final OlxPartnerSimulator olx = OlxPartnerSimulator.start(time);

    @BeforeEach
    void register() {
        olx.registerClient("100001", "secret");
        olx.registerRedirectUri(SignInCall.REDIRECT);
    }

    @AfterEach
    void close() {
        olx.close();
    }

    private SignInCall request() {
        return SignInCall.to(olx.authorizationEndpoint(), "100001").with("scope", "read write v2");
    }

    private String code() {
        return SignInCall.of(olx.signIn(request().url(), "ann"), "code");
    }

    private TokenCall.Result redeem(String clientId, String code, String more) throws IOException {
        String body = "{\"grant_type\":\"authorization_code\",\"scope\":\"v2 read write\",\"client_id\":\"" + clientId
                + "\",\"client_secret\":\"secret\",\"code\":\"" + code + "\"" + more + "}";
        return TokenCall.to(olx.tokenEndpoint())
                .send(HTTP, RequestBody.create(body, MediaType.get("application/json")));
    }

    private TokenCall.Result redeem(String code) throws IOException {
        return redeem("100001", code, ",\"redirect_uri\":\"" + SignInCall.REDIRECT + "\"");
    }

    private void assertRefused(TokenCall.Result result) {
        DocumentedError error = olx.errors().stream()
                .filter(e -> e.id().equals("olx-2"))
                .findFirst()
                .orElseThrow();
        assertThat(result.is(error)).isTrue();
    }

    private int user(String token) throws IOException {
        return TokenCall.to(olx.baseUrl() + "/api/partner/users/me")
                .header("Version", "2.0")
                .bearer(token)
                .get(HTTP)
                .status();
    }

    @Test
    void signIn_goodRequest_endsInAPersonsTokens() throws IOException {
        String callback = olx.signIn(request().url(), "ann");
        assertThat(callback).startsWith(SignInCall.REDIRECT + "?");
        assertThat(SignInCall.of(callback, "state")).isEqualTo("a b&c");
        assertThat(callback).doesNotContain("iss=");

        TokenCall.Result tokens = redeem(SignInCall.of(callback, "code"));

        assertThat(tokens.accessToken()).matches("[0-9a-f]{40}");
        assertThat(user(tokens.accessToken())).isEqualTo(200);
        assertThat(olx.isActive(tokens.refreshToken())).isTrue();
        assertThat(olx.violations()).isEmpty();
    }

    @Test
    void signIn_withFewerScopes_givesThoseOnly() throws IOException {
        String url = request().with("scope", "read v2").url();

        String code = SignInCall.of(olx.signIn(url, "ann", "read"), "code");
        TokenCall.Result over = redeem(code);
        assertThat(over.error()).isEqualTo("invalid_scope");
        TokenCall.Result fitting = TokenCall.to(olx.tokenEndpoint())
                .with("grant_type", "authorization_code")
                .with("code", SignInCall.of(olx.signIn(url, "ann", "read"), "code"))
                .with("redirect_uri", SignInCall.REDIRECT)
                .post("100001", "secret")
                .send(HTTP);

        assertThat(fitting.json().path("scope").asText()).isEqualTo("read");
        assertThat(user(fitting.accessToken())).isEqualTo(401);
        assertThatThrownBy(() -> olx.signIn(url, "ann", "write")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void decline_goodRequest_bringsAccessDenied() {
        String callback = olx.decline(request().url());

        assertThat(SignInCall.of(callback, "error")).isEqualTo("access_denied");
        assertThat(SignInCall.of(callback, "state")).isEqualTo("a b&c");
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, token, unsupported_response_type",
        "response_type, '', invalid_request",
        "scope, admin, invalid_scope"
    })
    void request_withOneFault_isToldByRedirect(String name, String value, String error) {
        assertThat(SignInCall.of(olx.signIn(request().with(name, value).url(), "ann"), "error"))
                .isEqualTo(error);
    }

    @Test
    void grant_notAllowed_isToldByRedirect() {
        olx.allowGrants("100001", "client_credentials");

        assertThat(SignInCall.of(olx.signIn(request().url(), "ann"), "error")).isEqualTo("unauthorized_client");
    }

    @ParameterizedTest
    @CsvSource({"client_id, 2", "redirect_uri, https://app.example.com/callback/", "redirect_uri, https://evil.example"
    })
    void request_ofNobodyOrElsewhere_redirectsNobody(String name, String value) {
        assertThatThrownBy(() -> olx.signIn(request().with(name, value).url(), "ann"))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> olx.decline(request().with(name, value).url())).isInstanceOf(AssertionError.class);
    }

    @Test
    void client_notActive_redirectsNobody() {
        olx.deactivate("100001");

        assertThatThrownBy(() -> olx.signIn(request().url(), "ann")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> olx.signIn("ann", "read")).isInstanceOf(AssertionError.class);
    }

    @Test
    void redirectUri_leftOut_isTheOnlyOneRegistered() throws IOException {
        String url = request().without("redirect_uri").url();

        String callback = olx.signIn(url, "ann");
        assertThat(callback).startsWith(SignInCall.REDIRECT + "?");
        assertThat(redeem("100001", SignInCall.of(callback, "code"), "").status())
                .isEqualTo(200);

        olx.registerRedirectUri("https://app.example.com/other");
        assertThatThrownBy(() -> olx.signIn(url, "ann")).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://app.example.com/", "https://localhost/", "app:/cb", "https://app.example.com/#x"})
    void redirectUri_notHttps_isNotRegistered(String redirectUri) {
        assertThatThrownBy(() -> olx.registerRedirectUri(redirectUri)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void redirectUri_missingOrAnother_isRefusedAtTheTokenEndpoint() throws IOException {
        TokenCall.Result missing = redeem("100001", code(), "");
        assertThat(missing.error()).isEqualTo("invalid_request");
        assertThat(missing.reason()).isEqualTo("Missing parameter: \"redirect_uri\" is required");
        assertRefused(redeem("100001", code(), ",\"redirect_uri\":\"https://evil.example\""));
    }

    @Test
    void code_usedTwice_endsWhatItGave() throws IOException {
        String code = code();
        TokenCall.Result first = redeem(code);

        assertRefused(redeem(code));

        assertThat(olx.isActive(first.accessToken())).isFalse();
        assertThat(olx.isActive(first.refreshToken())).isFalse();
        assertThat(olx.violations()).hasSize(1);
    }

    @Test
    void code_oldUnknownOrOfAnother_isRefused() throws IOException {
        String code = code();
        olx.registerClient("2", "secret");
        assertRefused(redeem("2", code, ",\"redirect_uri\":\"" + SignInCall.REDIRECT + "\""));
        assertRefused(redeem("unknown"));
        time.advance(Duration.ofMinutes(10).minusNanos(1));
        String young = code();
        time.advance(Duration.ofNanos(1));
        assertRefused(redeem(code));
        assertThat(redeem(young).status()).isEqualTo(200);
    }

    @Test
    void nextError_ofACode_comesAtTheTokenEndpoint() throws IOException {
        olx.nextError("olx-2");

        assertRefused(redeem(code()));
    }
}
