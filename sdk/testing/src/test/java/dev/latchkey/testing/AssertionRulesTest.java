package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The claims of a client assertion: one fault each, refused for that fault. */
@Timeout(30)
class AssertionRulesTest {

    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final long NOW = FakeTime.START.getEpochSecond();

    private final FakeTime time = new FakeTime();
    private final FakeAuthorizationServer server = FakeAuthorizationServer.start(time);

    @BeforeEach
    void register() {
        server.register(FakeClient.privateKeyJwt("c", Keys.jwkSet(Keys.P384)));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Jwts minimal() {
        return Jwts.minimal("c", server.issuer(), time.instant());
    }

    private TokenCall.Result send(Jwts jwt) throws IOException {
        return TokenCall.clientCredentials(server)
                .assertion(jwt.sign(Keys.P384, "ES384"))
                .send(HTTP);
    }

    private static Arguments fault(String reason, boolean misuse, UnaryOperator<Jwts> change) {
        return Arguments.of(reason, misuse, change);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("The assertion has no iss", true, jwt -> jwt.without("iss")),
                fault("The assertion has no sub", true, jwt -> jwt.without("sub")),
                fault("The assertion has no sub", true, jwt -> jwt.claim("sub", 7)),
                fault("iss and sub must both be the client id", true, jwt -> jwt.claim("iss", "d")),
                fault(
                        "No client d is registered",
                        false,
                        jwt -> jwt.claim("iss", "d").claim("sub", "d")),
                fault("The assertion has no exp", true, jwt -> jwt.without("exp")),
                fault("exp must be an integer", true, jwt -> jwt.claim("exp", "" + (NOW + 60))),
                fault("exp must be an integer", true, jwt -> jwt.claim("exp", NOW + 60.5)),
                fault("exp is no sensible time", true, jwt -> jwt.claim("exp", Long.MAX_VALUE)),
                fault("exp is no sensible time", true, jwt -> jwt.claim("exp", -1)),
                fault("The assertion expired at", false, jwt -> jwt.claim("exp", NOW)),
                fault("exp is 301 s after iat, allowed are 300 s", false, jwt -> jwt.claim("exp", NOW + 301)),
                fault(
                        "is too far ahead",
                        false,
                        jwt -> jwt.claim("iat", NOW + 10).claim("exp", NOW + 301)),
                fault("The assertion has no iat", true, jwt -> jwt.without("iat")),
                fault("iat must be an integer", true, jwt -> jwt.claim("iat", "now")),
                fault("is in the future", false, jwt -> jwt.claim("iat", NOW + 16)),
                fault("nbf is in the future", false, jwt -> jwt.claim("nbf", NOW + 16)),
                fault("nbf must be an integer", true, jwt -> jwt.claim("nbf", "soon")),
                fault("The assertion has no jti", true, jwt -> jwt.without("jti")),
                fault("The assertion has no jti", true, jwt -> jwt.claim("jti", " ")),
                fault("crit", true, jwt -> jwt.header("crit", List.of("x"))),
                fault("aud must be", false, jwt -> jwt.without("aud")),
                fault("aud must be", false, jwt -> jwt.claim("aud", "https://other.example.com")),
                fault("aud must be", false, jwt -> jwt.claim("aud", Map.of())),
                fault("typ must be jwt, but is at+jwt", false, jwt -> jwt.header("typ", "at+JWT")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void assertion_withOneFault_isRefusedForIt(String reason, boolean misuse, UnaryOperator<Jwts> change)
            throws IOException {
        TokenCall.Result result = send(change.apply(minimal()));

        assertThat(result.status()).isEqualTo(401);
        assertThat(result.error()).isEqualTo("invalid_client");
        assertThat(result.reason()).contains(reason);
        assertThat(server.violations()).hasSize(misuse ? 1 : 0);
        assertThat(server.issuedTokens()).isEmpty();
    }

    static Stream<UnaryOperator<Jwts>> good() {
        return Stream.of(
                jwt -> jwt,
                jwt -> jwt.claim("exp", NOW + 1),
                jwt -> jwt.claim("exp", NOW + 300),
                jwt -> jwt.claim("iat", NOW + 15),
                jwt -> jwt.claim("iat", NOW - 200),
                jwt -> jwt.claim("nbf", NOW + 15),
                jwt -> jwt.without("typ"),
                jwt -> jwt.claim("aud", List.of(jwt.claims.get("aud"))));
    }

    @ParameterizedTest
    @MethodSource("good")
    void assertion_justWithinTheRules_isTaken(UnaryOperator<Jwts> change) throws IOException {
        assertThat(send(change.apply(minimal())).status()).isEqualTo(200);
        assertThat(server.violations()).isEmpty();
    }

    @Test
    void audience_ruleIssuer_takesNothingElse() throws IOException {
        server.register(FakeClient.privateKeyJwt("c", Keys.jwkSet(Keys.P384)).audience(FakeClient.Audience.ISSUER));
        String strict = "client-authentication+jwt";

        assertThat(send(minimal().header("typ", strict)).status()).isEqualTo(200);
        assertThat(send(minimal()).reason()).contains("typ must be client-authentication+jwt, but is jwt");
        assertThat(send(minimal().without("typ")).reason()).contains("but is absent");
        assertThat(send(minimal().header("typ", strict).claim("aud", List.of(server.issuer())))
                        .reason())
                .contains("must be the issuer " + server.issuer() + " as one string");
        assertThat(send(minimal().header("typ", strict).claim("aud", server.issuer() + "/"))
                        .reason())
                .contains("must be the issuer");
        assertThat(send(minimal().header("typ", strict).claim("aud", server.tokenEndpoint()))
                        .reason())
                .contains("must be the issuer");
    }

    @Test
    void audience_ruleTokenEndpoint_takesNothingElse() throws IOException {
        server.register(
                FakeClient.privateKeyJwt("c", Keys.jwkSet(Keys.P384)).audience(FakeClient.Audience.TOKEN_ENDPOINT));
        String endpoint = server.tokenEndpoint();

        assertThat(send(minimal().claim("aud", endpoint)).status()).isEqualTo(200);
        assertThat(send(minimal().claim("aud", List.of(endpoint))).status()).isEqualTo(200);
        assertThat(send(minimal().claim("aud", List.of(endpoint, server.issuer())))
                        .reason())
                .contains("must be the token endpoint");
        assertThat(send(minimal()).reason()).contains("must be the token endpoint " + endpoint);
        assertThat(send(minimal().claim("aud", endpoint).without("typ")).reason())
                .contains("typ must be jwt");
    }

    @Test
    void audience_ruleEither_takesBothButHoldsTheStrictTypeToTheIssuer() throws IOException {
        String strict = "client-authentication+jwt";

        assertThat(send(minimal().claim("aud", server.tokenEndpoint())).status())
                .isEqualTo(200);
        assertThat(send(minimal().header("typ", strict)).status()).isEqualTo(200);
        assertThat(send(minimal().header("typ", strict).claim("aud", server.tokenEndpoint()))
                        .reason())
                .contains("must be the issuer");
    }

    // a jti counts as spent whatever became of the request that brought it.
    @Test
    void jti_ofARefusedRequest_isSpent() throws IOException {
        server.register(FakeClient.privateKeyJwt("c", Keys.jwkSet(Keys.P384)).scopes("a"));
        String assertion = minimal().sign(Keys.P384, "ES384");

        TokenCall.Result refused = TokenCall.clientCredentials(server)
                .with("scope", "b")
                .assertion(assertion)
                .send(HTTP);
        TokenCall.Result again =
                TokenCall.clientCredentials(server).assertion(assertion).send(HTTP);

        assertThat(refused.error()).isEqualTo("invalid_scope");
        assertThat(again.error()).isEqualTo("invalid_client");
        assertThat(again.reason()).isEqualTo("The assertion's jti was seen before, in request 1");
        assertThat(server.repeatedJtiCount()).isEqualTo(1);
        assertThat(server.violations())
                .containsExactly("Token request 2: The assertion's jti was seen before, in request 1");
    }

    @Test
    void clientId_parameterBesideTheAssertion_mustBeTheSame() throws IOException {
        TokenCall.Result same = TokenCall.clientCredentials(server)
                .with("client_id", "c")
                .assertion(minimal().sign(Keys.P384, "ES384"))
                .send(HTTP);
        TokenCall.Result other = TokenCall.clientCredentials(server)
                .with("client_id", "d")
                .assertion(minimal().sign(Keys.P384, "ES384"))
                .send(HTTP);

        assertThat(same.status()).isEqualTo(200);
        assertThat(other.reason()).isEqualTo("client_id is d, but the assertion's sub is c");
    }

    @Test
    void clockOffset_serverAhead_assertionIsExpired() throws IOException {
        server.clockOffset(Duration.ofMinutes(5));
        assertThat(send(minimal()).reason()).contains("The assertion expired");

        server.clockOffset(Duration.ofSeconds(-16));
        assertThat(send(minimal()).reason()).contains("in the future");

        server.clockOffset(Duration.ofSeconds(-15));
        assertThat(send(minimal()).status()).isEqualTo(200);
    }

    @Test
    void stepWallClock_clientAhead_serverIsNotMoved() throws IOException {
        time.stepWallClock(Duration.ofSeconds(20));

        assertThat(send(minimal()).reason()).contains("in the future");
    }

    @Test
    void limits_changedLive_holdFromTheNextRequestOn() throws IOException {
        server.assertionLifeLimit(Duration.ofSeconds(59));
        assertThat(send(minimal()).reason()).contains("exp is 60 s after iat, allowed are 59 s");

        server.assertionLifeLimit(Duration.ofSeconds(60));
        server.assertionSkew(Duration.ZERO);
        assertThat(send(minimal()).status()).isEqualTo(200);
        assertThat(send(minimal().claim("iat", NOW + 1)).reason()).contains("in the future");
    }

    @Test
    void sendDate_onlyWhenTold_showsTheServersClock() throws IOException {
        assertThat(send(minimal()).header("Date")).isEmpty();

        server.sendDate(true);
        server.clockOffset(Duration.ofDays(2));

        assertThat(send(minimal()).header("Date")).contains("Sat, 03 Jan 2026 00:00:00 GMT");
        server.next(Answer.status(503));
        assertThat(send(minimal()).header("Date")).contains("Sat, 03 Jan 2026 00:00:00 GMT");
    }
}
