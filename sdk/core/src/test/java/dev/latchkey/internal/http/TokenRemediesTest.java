package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The remedy looks at what was sent, and has the deciding numbers in it. */
@Timeout(10)
class TokenRemediesTest {
    private static final String ISSUER = "https://auth.example.com";
    private static final String ENDPOINT = "https://auth.example.com/oauth2/token";
    private static final Map<String, Object> HEADER = Map.of("alg", "RS384", "kid", "key-1", "typ", "JWT");

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", "me");
        claims.put("sub", "me");
        claims.put("aud", ISSUER);
        claims.put("iat", 1000L);
        claims.put("exp", 1060L);
        claims.put("jti", "s3cr3t-jti");
        return claims;
    }

    private static String remedy(String error, RequestFacts facts, String... headers) {
        return TokenErrors.read(Answers.of(400, "{\"error\":\"" + error + "\"}", headers), facts)
                .remedy();
    }

    private static String refused(Map<String, Object> header, Map<String, Object> claims, String... headers) {
        RequestFacts facts = Answers.facts()
                .clientAuthentication("private_key_jwt")
                .assertion(header, claims)
                .server(ENDPOINT, ISSUER)
                .build();
        return remedy("invalid_client", facts, headers);
    }

    private static String refusedWith(String claim, Object value) {
        Map<String, Object> claims = claims();
        claims.put(claim, value);
        return refused(HEADER, claims);
    }

    @Test
    void assertion_good_isSummedUp() {
        assertThat(refused(HEADER, claims(), "Date", "Fri, 20 Nov 2026 10:00:00 GMT"))
                .contains(
                        "alg RS384, kid key-1, typ JWT, iss me, aud https://auth.example.com, exp - iat 60 s,"
                                + " iat 1970-01-01T00:16:40Z.",
                        "aud is the issuer, as RFC 10070 wants",
                        "AssertionProfile.tokenEndpoint()")
                .doesNotContain("clock", "It lives", "no kid", "differ", "jti");
    }

    // R-29, F-22
    @ParameterizedTest
    @CsvSource({
        "'Fri, 20 Nov 2026 09:53:20 GMT', Your clock is 400 s ahead of the server's",
        "'Fri, 20 Nov 2026 10:02:00 GMT', Your clock is 120 s behind the server's"
    })
    void clock_differs_isNamedWithTheNumber(String date, String finding) {
        assertThat(refused(HEADER, claims(), "Date", date)).contains(finding);
    }

    @Test
    void clock_nearlyEqual_isNotNamed() {
        assertThat(refused(HEADER, claims(), "Date", "Fri, 20 Nov 2026 09:59:55 GMT"))
                .doesNotContain("clock");
        assertThat(refused(HEADER, claims(), "Date", "Fri, 20 Nov 2026 09:59:54 GMT"))
                .contains("Your clock is 6 s ahead");
    }

    /** Keycloak sends no {@code Date}, and answers every fault of an assertion with the same words. */
    @Test
    void clock_serverSendsNoDate_isToBeCheckedByHand() {
        assertThat(refused(HEADER, claims())).contains("Check this machine's clock against iat");
    }

    //
    @Test
    void life_tooLongOrUnreadable_isNamed() {
        assertThat(refusedWith("exp", 1301L)).contains("lives 301 s", "at most 300 s");
        assertThat(refusedWith("exp", 1300L)).doesNotContain("It lives");
        assertThat(refusedWith("exp", 1000L)).contains("lives 0 s");
        assertThat(refusedWith("exp", "soon")).contains("lacks a numeric iat or exp", "exp - iat unknown");
        assertThat(refusedWith("iat", "now")).contains("lacks a numeric iat or exp");
    }

    @Test
    void keyId_missing_isNamedButNotForSharedSecrets() {
        assertThat(refused(Map.of("alg", "ES384"), claims())).contains("no kid", "SigningKey.withKeyId(", "kid none");
        assertThat(refused(Map.of("alg", "HS256"), claims())).doesNotContain("It has no kid");
        assertThat(refused(Map.of(), claims())).contains("no kid");
    }

    @Test
    void subject_differs_isNamed() {
        assertThat(refusedWith("sub", "you")).contains("iss and sub differ");
    }

    //
    @Test
    void audience_anyForm_getsItsAdvice() {
        assertThat(refusedWith("aud", ENDPOINT)).contains("aud is the token endpoint", "AssertionProfile.issuer()");
        assertThat(refusedWith("aud", ISSUER + "/")).contains("trailing slash");
        assertThat(refusedWith("aud", "https://other.example")).contains("neither the issuer nor the token endpoint");
        assertThat(refusedWith("aud", List.of(ISSUER))).contains("aud is the issuer, as");
        assertThat(refusedWith("aud", List.of(ISSUER, ENDPOINT))).contains("not a single text");
        assertThat(refusedWith("aud", 5)).contains("not a single text");
    }

    @Test
    void audience_withParametersOfTheRequest_isComparedWithThem() {
        Map<String, Object> claims = claims();
        claims.put("aud", ENDPOINT + "?realm=Sales&other=1");
        RequestFacts.Builder facts = Answers.facts().assertion(HEADER, claims).server(ENDPOINT, ISSUER);

        assertThat(remedy(
                        "invalid_client",
                        facts.parameters(Map.of("realm", "sales")).build()))
                .contains("Its aud has realm=Sales, but the request has realm=sales", "upper-case letter S")
                .doesNotContain("other=1, but");
        assertThat(remedy(
                        "invalid_client",
                        facts.parameters(Map.of("realm", "Sales")).build()))
                .doesNotContain("but the request has");
        assertThat(refusedWith("aud", ENDPOINT)).doesNotContain("but the request has", "upper-case");
    }

    @Test
    void audience_noIssuerKnown_isComparedWithTheEndpoint() {
        Map<String, Object> claims = claims();
        claims.put("aud", ENDPOINT);
        RequestFacts facts =
                Answers.facts().assertion(HEADER, claims).server(ENDPOINT, null).build();

        assertThat(remedy("invalid_client", facts)).contains("aud is the token endpoint");
        // Redox: a refused assertion is invalid_request with an empty description
        assertThat(remedy("invalid_request", facts))
                .contains("Or the assertion was refused", "aud is the token endpoint");
        assertThat(remedy("invalid_grant", facts)).contains("aud is the token endpoint");
    }

    @Test
    void secret_refused_saysMethod() {
        assertThat(remedy(
                        "invalid_client",
                        Answers.facts()
                                .clientAuthentication("client_secret_basic")
                                .build()))
                .contains("client secret", "registered for client_secret_basic");
    }

    /** Keycloak answers so to a wrong secret, and to a client that may not use the grant. */
    @Test
    void unauthorizedClient_withStatus401_isAdvisedBothWays() {
        RequestFacts facts =
                Answers.facts().clientAuthentication("client_secret_basic").build();

        assertThat(TokenErrors.read(Answers.json(401, "{\"error\":\"unauthorized_client\"}"), facts)
                        .remedy())
                .contains("client secret", "may not use the grant client_credentials");
        assertThat(TokenErrors.read(Answers.json(401, "{\"error\":\"invalid_client\"}"), facts)
                        .remedy())
                .doesNotContain("grant");
    }

    @Test
    void noAuthentication_refused_saysSo() {
        assertThat(remedy("invalid_client", Answers.facts().build())).contains("had no client authentication");
        assertThat(remedy(
                        "invalid_client",
                        Answers.facts().clientAuthentication("none").build()))
                .contains("had no client authentication", "signingKey(...)");
    }

    @ParameterizedTest
    @CsvSource({"498, is wrong", "499, was not sent"})
    void clientKey_refusedAtTheTokenEndpoint_isNamed(int status, String words) {
        String remedy = TokenErrors.read(
                        Answers.json(status, "{\"message\":\"Invalid Token\"}"),
                        Answers.facts().build())
                .remedy();

        assertThat(remedy).contains("client key " + words, "x-client-key");
    }

    @Test
    void scope_refused_isQuoted() {
        assertThat(remedy("invalid_scope", Answers.facts().scope("a b").build()))
                .contains("\"a b\"");
        assertThat(remedy("invalid_scope", Answers.facts().build())).contains("No scope was asked for");
    }

    @ParameterizedTest
    @CsvSource({
        "refresh_token, sign in again",
        "authorization_code, code_verifier",
        "urn:ietf:params:oauth:grant-type:token-exchange, get a new one"
    })
    void grant_refused_isAdvisedByType(String grantType, String words) {
        assertThat(remedy("invalid_grant", Answers.facts().grantType(grantType).build()))
                .contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "unauthorized_client, client_credentials",
        "unsupported_grant_type, client_credentials",
        "invalid_request, tokenParameter",
        "access_denied, consent",
        "invalid_target, resource or audience",
        "server_error, status 400",
        "temporarily_unavailable, did not say how long",
        "authorization_pending, after the interval",
        "slow_down, 5 s",
        "expired_token, begin the sign-in again",
        "invalid_dpop_proof, DPoP proof",
        "use_dpop_nonce, nonce",
        "some_other, documents"
    })
    void code_withoutFacts_hasItsAdvice(String code, String words) {
        assertThat(remedy(code, Answers.facts().build())).contains(words);
    }
}
