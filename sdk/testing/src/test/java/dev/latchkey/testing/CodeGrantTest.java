package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Authorization codes at the token endpoint. */
@Timeout(30)
class CodeGrantTest {

    private static final OkHttpClient HTTP = new OkHttpClient();

    private final FakeTime time = new FakeTime();
    private final FakeAuthorizationServer server = FakeAuthorizationServer.start(time);

    @BeforeEach
    void register() {
        server.register(FakeClient.clientSecretPost("c", "s").scopes("a", "b").redirectUris(SignInCall.REDIRECT));
        server.register(FakeClient.clientSecretPost("d", "s").redirectUris(SignInCall.REDIRECT));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String code() {
        SignInCall request = SignInCall.to(server.authorizationEndpoint(), "c").with("scope", "a");
        return SignInCall.of(server.signIn(request.url(), "ann"), "code");
    }

    private TokenCall call(String code) {
        return TokenCall.bare(server).with("grant_type", "authorization_code").with("code", code);
    }

    private TokenCall.Result redeem(String code, String verifier) throws IOException {
        return call(code)
                .with("redirect_uri", SignInCall.REDIRECT)
                .with("code_verifier", verifier)
                .post("c", "s")
                .send(HTTP);
    }

    private TokenCall.Result redeem(String code) throws IOException {
        return redeem(code, SignInCall.VERIFIER);
    }

    private void assertRefused(TokenCall.Result result, String reason) {
        assertThat(result.status()).isEqualTo(400);
        assertThat(result.error()).isEqualTo("invalid_grant");
        assertThat(result.reason()).contains(reason);
    }

    @Test
    void code_good_bringsBothTokensOfTheScope() throws IOException {
        TokenCall.Result result = redeem(code());

        assertThat(result.status()).isEqualTo(200);
        assertThat(server.scopeOf(result.accessToken())).containsExactly("a");
        assertThat(result.json().has("id_token")).isFalse();
        assertThat(TokenCall.refresh(server, result.refreshToken())
                        .post("c", "s")
                        .send(HTTP)
                        .status())
                .isEqualTo(200);
        assertThat(server.violations()).isEmpty();
    }

    @Test
    void scope_notAskedFor_isAllOfTheClients() throws IOException {
        String callback =
                server.signIn(SignInCall.to(server.authorizationEndpoint(), "c").url(), "ann");

        assertThat(server.scopeOf(redeem(SignInCall.of(callback, "code")).accessToken()))
                .containsExactly("a", "b");
    }

    @Test
    void refreshTokens_switchedOff_areNotGiven() throws IOException {
        server.register(
                FakeClient.clientSecretPost("c", "s").refreshTokens(false).redirectUris(SignInCall.REDIRECT));

        assertThat(redeem(code()).json().has("refresh_token")).isFalse();
        assertThat(FakeClient.none("x").getsRefreshTokens(false)).isFalse();
        assertThat(FakeClient.none("x").refreshTokens(true).redirectUris("x:/y").getsRefreshTokens(false))
                .isTrue();
    }

    @Test
    void code_usedTwice_endsWhatItGave() throws IOException {
        String code = code();
        TokenCall.Result first = redeem(code);

        assertRefused(redeem(code), "used before");

        assertThat(server.isActive(first.accessToken())).isFalse();
        assertThat(server.isActive(first.refreshToken())).isFalse();
        assertThat(server.violations()).singleElement().asString().contains("used before");
    }

    @Test
    void code_afterTenMinutes_isRefused() throws IOException {
        String young = code();
        time.advance(Duration.ofMinutes(10).minusNanos(1));
        assertThat(redeem(young).status()).isEqualTo(200);

        String old = code();
        time.advance(Duration.ofMinutes(10));
        assertRefused(redeem(old), "older than 600 s");
    }

    @Test
    void code_ofAnotherClient_isRefusedAndStaysGood() throws IOException {
        String code = code();

        TokenCall.Result other = call(code)
                .with("redirect_uri", SignInCall.REDIRECT)
                .with("code_verifier", SignInCall.VERIFIER)
                .post("d", "s")
                .send(HTTP);

        assertRefused(other, "another client");
        assertThat(redeem(code).status()).isEqualTo(200);
        assertRefused(redeem("unknown"), "not issued here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
                "vvv",
                "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv+v"
            })
    void verifier_wrong_burnsTheCode(String verifier) throws IOException {
        String code = code();

        assertRefused(redeem(code, verifier), "code_verifier");
        assertRefused(redeem(code), "used before");
    }

    @Test
    void redirectUri_another_burnsTheCode() throws IOException {
        String code = code();
        TokenCall.Result other = call(code)
                .with("redirect_uri", SignInCall.REDIRECT + "/")
                .with("code_verifier", SignInCall.VERIFIER)
                .post("c", "s")
                .send(HTTP);

        assertRefused(other, "redirect_uri");
        assertRefused(redeem(code), "used before");
    }

    @Test
    void parameter_missing_isNamedAndBurnsNothing() throws IOException {
        String code = code();

        assertThat(call(code).post("c", "s").send(HTTP).reason()).contains("redirect_uri");
        TokenCall.Result noVerifier = call(code)
                .with("redirect_uri", SignInCall.REDIRECT)
                .post("c", "s")
                .send(HTTP);
        assertThat(noVerifier.error()).isEqualTo("invalid_request");
        assertThat(noVerifier.reason()).contains("code_verifier");
        assertThat(redeem(code).status()).isEqualTo(200);
    }

    @Test
    void code_ofAScriptedFailure_isNotSpent() throws IOException {
        String code = code();
        server.next(Answer.status(503));

        assertThat(redeem(code).status()).isEqualTo(503);
        assertThat(redeem(code).status()).isEqualTo(200);
    }
}
