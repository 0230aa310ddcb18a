package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The authorization endpoint, with the test as the person and over HTTP. */
@Timeout(30)
class SignInTest {

    private static final OkHttpClient HTTP =
            new OkHttpClient.Builder().followRedirects(false).build();

    private final FakeAuthorizationServer server = FakeAuthorizationServer.start(new FakeTime());

    @BeforeEach
    void register() {
        server.register(FakeClient.none("c")
                .scopes("a", "b")
                .redirectUris(SignInCall.REDIRECT, "http://127.0.0.1/cb", "com.example.app:/cb?x=1"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private SignInCall request() {
        return SignInCall.to(server.authorizationEndpoint(), "c");
    }

    private String error(SignInCall request) {
        String callback = server.signIn(request.url(), "ann");
        assertThat(callback).startsWith(SignInCall.REDIRECT + "?");
        assertThat(SignInCall.of(callback, "code")).isEmpty();
        assertThat(SignInCall.of(callback, "iss")).isEqualTo(server.issuer());
        return SignInCall.of(callback, "error");
    }

    @Test
    void signIn_goodRequest_bringsCodeStateAndIssuer() {
        HttpUrl callback = HttpUrl.get(server.signIn(request().url(), "ann"));

        assertThat(callback.toString()).startsWith(SignInCall.REDIRECT + "?");
        assertThat(callback.queryParameterNames()).isEqualTo(Set.of("code", "state", "iss"));
        assertThat(callback.queryParameter("state")).isEqualTo("a b&c");
        assertThat(callback.queryParameter("iss")).isEqualTo(server.issuer());
        assertThat(server.authorizationRequestCount()).isEqualTo(1);
    }

    @Test
    void sendIssuer_off_leavesIssuerOutAndSaysSo() throws IOException {
        server.sendIssuer(false);

        assertThat(SignInCall.of(server.signIn(request().url(), "ann"), "iss")).isEmpty();
        assertThat(TokenCall.to(server.issuer() + "/.well-known/openid-configuration")
                        .get(HTTP)
                        .json()
                        .path("authorization_response_iss_parameter_supported")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void state_absent_isNotEchoed() {
        assertThat(server.signIn(request().without("state").url(), "ann")).doesNotContain("state=");
    }

    @Test
    void decline_goodRequest_bringsAccessDenied() {
        String callback = server.decline(request().url());

        assertThat(SignInCall.of(callback, "error")).isEqualTo("access_denied");
        assertThat(SignInCall.of(callback, "state")).isEqualTo("a b&c");
        assertThat(SignInCall.of(callback, "iss")).isEqualTo(server.issuer());
        assertThat(SignInCall.of(callback, "code")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, token, unsupported_response_type",
        "response_type, '', invalid_request",
        "response_mode, form_post, invalid_request",
        "code_challenge, '', invalid_request",
        "code_challenge, short, invalid_request",
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, '', invalid_request",
        "scope, x, invalid_scope",
        "scope, a  b, invalid_scope"
    })
    void request_withOneFault_isToldByRedirect(String name, String value, String error) {
        assertThat(error(request().with(name, value))).isEqualTo(error);
        assertThat(SignInCall.of(server.decline(request().with(name, value).url()), "error"))
                .isEqualTo(error);
    }

    @Test
    void parameter_repeated_isToldByRedirect() {
        assertThat(error(request().more("nonce", "1").more("nonce", "2"))).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com/callback/",
                "https://app.example.com/callback?x=1",
                "https://app.example.com:444/callback",
                "http://app.example.com/callback",
                "http://127.0.0.1:4711/cb/x",
                "http://localhost:4711/cb",
                ""
            })
    void redirectUri_notRegistered_redirectsNobody(String redirectUri) throws IOException {
        SignInCall request = request().with("redirect_uri", redirectUri);
        server.nextPerson("ann");

        assertThatThrownBy(() -> server.signIn(request.url(), "ann"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("redirect_uri is '" + redirectUri + "'");
        assertThatThrownBy(() -> server.decline(request.url())).isInstanceOf(AssertionError.class);
        TokenCall.Result page = TokenCall.to(request.url()).get(HTTP);
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.header("Location")).isEmpty();
        assertThat(TokenCall.to(request().url()).get(HTTP).status()).isEqualTo(302);
    }

    @Test
    void request_ofNobodyOrElsewhere_redirectsNobody() {
        assertThatThrownBy(() -> server.signIn(request().with("client_id", "x").url(), "ann"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("No client 'x'");
        assertThatThrownBy(() -> server.signIn(request().more("client_id", "c").url(), "ann"))
                .hasMessageContaining("client_id is repeated");
        assertThatThrownBy(() -> server.signIn(
                        request().more("redirect_uri", SignInCall.REDIRECT).url(), "ann"))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() ->
                        server.signIn(SignInCall.to(server.tokenEndpoint(), "c").url(), "ann"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(server.authorizationEndpoint());
        assertThatThrownBy(() -> server.signIn("callback", "ann")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> server.signIn(request().url(), " ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void redirectUri_onLoopback_mayHaveAnyPort() {
        String callback = server.signIn(
                request().with("redirect_uri", "http://127.0.0.1:4711/cb").url(), "ann");

        assertThat(callback).startsWith("http://127.0.0.1:4711/cb?code=");
    }

    @Test
    void redirectUri_withAQuery_keepsIt() {
        String callback = server.signIn(
                request().with("redirect_uri", "com.example.app:/cb?x=1").url(), "ann");

        assertThat(callback).startsWith("com.example.app:/cb?x=1&code=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/callback", "https://app.example.com/#x", "not a uri"})
    void redirectUri_thatCannotBeOne_isNotRegistered(String redirectUri) {
        assertThatThrownBy(() -> FakeClient.none("c").redirectUris(redirectUri))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void endpoint_personAnnounced_redirectsAtOnce() throws IOException {
        server.nextPerson("ann");
        server.nextPersonDeclines();

        TokenCall.Result agreed = TokenCall.to(request().url()).get(HTTP);
        TokenCall.Result declined = TokenCall.to(request().url()).get(HTTP);
        TokenCall.Result nobody = TokenCall.to(request().url()).get(HTTP);

        assertThat(agreed.status()).isEqualTo(302);
        assertThat(agreed.header("Location").orElseThrow()).startsWith(SignInCall.REDIRECT + "?code=");
        assertThat(declined.header("Location").orElseThrow()).contains("error=access_denied");
        assertThat(nobody.status()).isEqualTo(200);
        assertThat(nobody.text()).contains("nextPerson");
        assertThat(server.authorizationRequestCount()).isEqualTo(3);
        assertThat(server.tokenRequestCount()).isZero();
    }

    @Test
    void endpoint_badRequest_keepsThePersonWaiting() throws IOException {
        server.nextPerson("ann");

        TokenCall.Result bad = TokenCall.to(
                        request().with("code_challenge_method", "plain").url())
                .get(HTTP);

        assertThat(bad.status()).isEqualTo(302);
        assertThat(bad.header("Location").orElseThrow()).contains("error=invalid_request");
        assertThat(TokenCall.to(request().url()).get(HTTP).header("Location").orElseThrow())
                .contains("code=");
        assertThat(TokenCall.to(request().url()).send(HTTP).status()).isEqualTo(405);
    }
}
