package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signing in at ID B2B: the page, the code, the ID token; and revocation. */
@Timeout(60)
class OathSignInTest {

    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final String REALM = "b2b/x";

    private final FakeTime time = new FakeTime();
    private final OathIdB2bSimulator oath = OathIdB2bSimulator.start(time);

    @BeforeEach
    void register() {
        oath.registerClient("c", "s", REALM, "openid", "one");
        oath.registerRedirectUri(SignInCall.REDIRECT);
    }

    @AfterEach
    void close() {
        oath.close();
    }

    private SignInCall request() {
        return SignInCall.to(oath.authorizationEndpoint(), "c")
                .without("code_challenge")
                .without("code_challenge_method")
                .with("realm", REALM)
                .with("scope", "openid one")
                .with("nonce", "n-1");
    }

    private String code() {
        return SignInCall.of(oath.signIn(request().url(), "ann"), "code");
    }

    private TokenCall call(String code) {
        return TokenCall.to(oath.tokenEndpoint())
                .with("grant_type", "authorization_code")
                .with("code", code);
    }

    private TokenCall.Result redeem(String code) throws IOException {
        return call(code)
                .with("realm", REALM)
                .with("redirect_uri", SignInCall.REDIRECT)
                .post("c", "s")
                .send(HTTP);
    }

    private TokenCall revoke(String token) {
        return TokenCall.to(oath.revocationEndpoint()).with("realm", REALM).with("token", token);
    }

    private void assertError(TokenCall.Result result, String id) {
        DocumentedError error = oath.errors().stream()
                .filter(e -> e.id().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(result.text()).isEqualTo(error.body());
        assertThat(result.status()).isEqualTo(error.status());
    }

    @Test
    void signIn_goodRequest_endsInThreeTokens() throws IOException {
        String callback = oath.signIn(request().url(), "ann");
        assertThat(callback).startsWith(SignInCall.REDIRECT + "?");
        assertThat(SignInCall.of(callback, "state")).isEqualTo("a b&c");

        TokenCall.Result tokens = redeem(SignInCall.of(callback, "code"));

        assertThat(tokens.json().path("scope").asText()).isEqualTo("openid one");
        assertThat(oath.isActive(tokens.refreshToken())).isTrue();
        assertThat(TokenCall.to(oath.baseUrl() + "/identity/oauth2/userinfo?realm=b2b%2Fx")
                        .bearer(tokens.accessToken())
                        .get(HTTP)
                        .json()
                        .path("sub")
                        .asText())
                .isEqualTo("ann");
        assertThat(oath.violations()).isEmpty();
    }

    @Test
    void idToken_hasTheDocumentedClaimsAndIsSignedWithThePublishedKey() throws Exception {
        String code = code();
        time.advance(Duration.ofSeconds(3));
        TokenCall.Result tokens = redeem(code);
        SignedJWT token = SignedJWT.parse(tokens.json().path("id_token").asText());
        long now = time.instant().getEpochSecond();
        byte[] hash = ByteString.encodeUtf8(tokens.accessToken())
                .sha256()
                .substring(0, 16)
                .toByteArray();

        assertThat(token.getPayload().toJSONObject())
                .isEqualTo(Map.ofEntries(
                        Map.entry("iss", oath.baseUrl() + "/identity"),
                        Map.entry("sub", "ann"),
                        Map.entry("aud", List.of("c")),
                        Map.entry("azp", "c"),
                        Map.entry("nonce", "n-1"),
                        Map.entry(
                                "at_hash",
                                Base64.getUrlEncoder().withoutPadding().encodeToString(hash)),
                        Map.entry("auth_time", now - 3),
                        Map.entry("realm", "/b2b/x"),
                        Map.entry("tokenType", "JWTToken"),
                        Map.entry("iat", now),
                        Map.entry("exp", now + 600)));
        JWKSet keys = JWKSet.parse(TokenCall.to(oath.jwksUri()).get(HTTP).text());
        String keyId = token.getHeader().getKeyID();
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(token.verify(new RSASSAVerifier(keys.getKeyByKeyId(keyId).toRSAKey())))
                .isTrue();
    }

    @Test
    void idToken_withoutOpenid_isNone() throws IOException {
        String callback = oath.signIn(request().with("scope", "one").url(), "ann");

        assertThat(redeem(SignInCall.of(callback, "code")).json().has("id_token"))
                .isFalse();
    }

    @Test
    void realm_withASlash_isTaken() {
        assertThat(oath.signIn(request().with("realm", "/" + REALM).url(), "ann"))
                .contains("code=");
    }

    @Test
    void decline_goodRequest_bringsAccessDenied() {
        assertThat(SignInCall.of(oath.decline(request().url()), "error")).isEqualTo("access_denied");
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, token, unsupported_response_type",
        "response_type, '', invalid_request",
        "scope, admin, invalid_scope"
    })
    void request_withOneFault_isToldByRedirect(String name, String value, String error) {
        assertThat(SignInCall.of(oath.signIn(request().with(name, value).url(), "ann"), "error"))
                .isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource({"client_id, x", "realm, other", "realm, ''", "redirect_uri, https://app.example.com/callback/"})
    void request_ofNobodyOrElsewhere_redirectsNobody(String name, String value) {
        assertThatThrownBy(() -> oath.signIn(request().with(name, value).url(), "ann"))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> oath.decline(request().with(name, value).url()))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void code_usedTwice_endsWhatItGave() throws IOException {
        String code = code();
        TokenCall.Result first = redeem(code);

        assertError(redeem(code), "oath-code");

        assertThat(oath.isActive(first.accessToken())).isFalse();
        assertThat(oath.isActive(first.refreshToken())).isFalse();
    }

    @Test
    void code_afterTwoMinutes_isRefused() throws IOException {
        String code = code();
        time.advance(Duration.ofMinutes(2));

        assertError(redeem(code), "oath-code");
    }

    @Test
    void code_ofAnotherRealm_isRefusedAndStaysGood() throws IOException {
        String code = code();
        oath.registerClient("c", "s", "other", "openid");

        TokenCall.Result other = call(code)
                .with("realm", "other")
                .with("redirect_uri", SignInCall.REDIRECT)
                .post("c", "s")
                .send(HTTP);

        assertError(other, "oath-code");
        assertThat(redeem(code).status()).isEqualTo(200);
    }

    @Test
    void redirectUri_missingAnotherOrUnknown_isRefused() throws IOException {
        oath.registerRedirectUri("https://app.example.com/other");
        TokenCall missing = call(code()).with("realm", REALM).post("c", "s");
        TokenCall another = call(code()).with("realm", REALM).post("c", "s");
        TokenCall unknown = call(code()).with("realm", REALM).post("c", "s");

        assertError(missing.send(HTTP), "oath-server-error");
        assertError(
                another.with("redirect_uri", "https://app.example.com/other").send(HTTP), "oath-code");
        assertError(unknown.with("redirect_uri", "https://evil.example").send(HTTP), "oath-redirect");
    }

    @Test
    void proofKey_thatWasSent_isChecked() throws IOException {
        String url = request()
                .with("code_challenge", SignInCall.challenge(SignInCall.VERIFIER))
                .with("code_challenge_method", "S256")
                .url();

        assertError(redeem(SignInCall.of(oath.signIn(url, "ann"), "code")), "oath-code");
        assertThat(call(SignInCall.of(oath.signIn(url, "ann"), "code"))
                        .with("realm", REALM)
                        .with("redirect_uri", SignInCall.REDIRECT)
                        .with("code_verifier", SignInCall.VERIFIER)
                        .post("c", "s")
                        .send(HTTP)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void revocation_byTheClient_endsItsTokens() throws IOException {
        TokenCall.Result tokens = redeem(code());

        TokenCall.Result one = revoke(tokens.accessToken()).post("c", "s").send(HTTP);
        assertThat(one.status()).isEqualTo(200);
        assertThat(oath.isActive(tokens.accessToken())).isFalse();
        assertThat(oath.isActive(tokens.refreshToken())).isTrue();
        revoke(tokens.refreshToken()).post("c", "s").send(HTTP);
        assertThat(oath.isActive(tokens.refreshToken())).isFalse();
        assertThat(revoke("unknown").post("c", "s").send(HTTP).status()).isEqualTo(200);
        assertThat(oath.revocationCount()).isEqualTo(3);
        assertThat(oath.tokenRequestCount()).isEqualTo(1);
        assertThat(oath.apiRequestCount()).isZero();
    }

    @Test
    void revocation_byAnotherOrNobody_isRefused() throws IOException {
        TokenCall.Result tokens = redeem(code());
        oath.registerClient("d", "s", REALM, "one");

        assertError(revoke(tokens.accessToken()).post("d", "s").send(HTTP), "oath-code");
        assertError(revoke(tokens.refreshToken()).post("d", "s").send(HTTP), "oath-code");
        assertError(revoke(tokens.accessToken()).post("c", "no").send(HTTP), "oath-client");
        assertError(revoke("").post("c", "s").send(HTTP), "oath-server-error");
        assertThat(oath.isActive(tokens.accessToken())).isTrue();
        assertThat(oath.isActive(tokens.refreshToken())).isTrue();
    }
}
