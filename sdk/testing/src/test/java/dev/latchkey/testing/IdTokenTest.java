package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** ID tokens and the keys that sign them. */
@Timeout(60)
class IdTokenTest {

    private static final OkHttpClient HTTP = new OkHttpClient();

    private final FakeTime time = new FakeTime();
    private final FakeAuthorizationServer server = FakeAuthorizationServer.start(time);

    @BeforeEach
    void register() {
        server.register(FakeClient.none("c").scopes("openid", "a").redirectUris(SignInCall.REDIRECT));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private TokenCall.Result tokens(SignInCall request) throws IOException {
        String callback = server.signIn(request.url(), "ann");
        return TokenCall.bare(server)
                .with("grant_type", "authorization_code")
                .with("code", SignInCall.of(callback, "code"))
                .with("redirect_uri", SignInCall.REDIRECT)
                .with("code_verifier", SignInCall.VERIFIER)
                .with("client_id", "c")
                .send(HTTP);
    }

    private SignedJWT idToken() throws IOException, ParseException {
        SignInCall request = SignInCall.to(server.authorizationEndpoint(), "c")
                .with("scope", "openid")
                .with("nonce", "n-1");
        return SignedJWT.parse(tokens(request).json().path("id_token").asText());
    }

    private JWKSet keys() throws IOException, ParseException {
        return JWKSet.parse(TokenCall.to(server.jwksUri()).get(HTTP).text());
    }

    private boolean isGood(SignedJWT token) throws IOException, ParseException, JOSEException {
        return token.verify(new RSASSAVerifier(
                keys().getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey()));
    }

    @Test
    void idToken_ofOpenid_saysWhoWhereForWhomAndWhen() throws Exception {
        server.clockOffset(Duration.ofSeconds(2));
        SignedJWT token = idToken();
        long now = time.instant().getEpochSecond() + 2;

        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(token.getPayload().toJSONObject())
                .isEqualTo(Map.of(
                        "iss", server.issuer(),
                        "sub", "ann",
                        "aud", "c",
                        "azp", "c",
                        "nonce", "n-1",
                        "iat", now,
                        "exp", now + 300));
        assertThat(isGood(token)).isTrue();
        assertThat(keys().getKeys())
                .singleElement()
                .satisfies(key -> assertThat(key.isPrivate()).isFalse());
    }

    @Test
    void idToken_withoutNonceOrOpenid_hasNoneOrIsNone() throws Exception {
        SignInCall request = SignInCall.to(server.authorizationEndpoint(), "c");
        SignedJWT token = SignedJWT.parse(
                tokens(request.with("scope", "openid")).json().path("id_token").asText());

        assertThat(token.getJWTClaimsSet().getClaim("nonce")).isNull();
        assertThat(tokens(request.with("scope", "a")).json().has("id_token")).isFalse();
    }

    @Test
    void signingKey_rotated_signsWithAnotherAndPublishesTheFormer() throws Exception {
        SignedJWT first = idToken();
        server.rotateSigningKey();
        SignedJWT second = idToken();

        assertThat(second.getHeader().getKeyID()).isNotEqualTo(first.getHeader().getKeyID());
        assertThat(isGood(first)).isTrue();
        assertThat(isGood(second)).isTrue();

        server.rotateSigningKey();
        assertThat(keys().getKeyByKeyId(first.getHeader().getKeyID())).isNull();
        assertThat(keys().getKeys()).hasSize(2);
    }

    @Test
    void idToken_toldToBeWrong_isUntilRecovered() throws Exception {
        server.idTokenClaim("nonce", "other");
        server.idTokenClaim("aud", List.of("x", "y"));
        server.idTokenClaim("azp", null);
        server.corruptIdTokens(true);

        SignedJWT wrong = idToken();

        assertThat(wrong.getJWTClaimsSet().getStringClaim("nonce")).isEqualTo("other");
        assertThat(wrong.getJWTClaimsSet().getAudience()).containsExactly("x", "y");
        assertThat(wrong.getJWTClaimsSet().getClaim("azp")).isNull();
        assertThat(isGood(wrong)).isFalse();

        server.recover();
        SignedJWT right = idToken();
        assertThat(right.getJWTClaimsSet().getStringClaim("azp")).isEqualTo("c");
        assertThat(isGood(right)).isTrue();
    }
}
