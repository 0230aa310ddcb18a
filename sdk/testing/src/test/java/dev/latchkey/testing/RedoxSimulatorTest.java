package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Redox's pages demand, each rule broken once by a request made by hand. */
@Timeout(60)
class RedoxSimulatorTest {

    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final long NOW = FakeTime.START.getEpochSecond();

    private final FakeTime time = new FakeTime();
    private final RedoxSimulator redox = RedoxSimulator.start(time);

    /** A request for a token, made from a good assertion. */
    private interface Attempt {
        TokenCall.Result send(RedoxSimulatorTest test) throws IOException;
    }

    @BeforeEach
    void register() {
        redox.registerKey("c", Keys.jwkSet(Keys.P384, Keys.RSA, Keys.P256));
        redox.registerKey("d", Keys.jwkSet(Keys.SMALL_RSA));
    }

    @AfterEach
    void close() {
        redox.close();
    }

    private Jwts minimal() {
        return Jwts.minimal("c", redox.tokenEndpoint(), time.instant());
    }

    private TokenCall.Result send(Jwts jwt) throws IOException {
        return grant().assertion(jwt.sign(Keys.P384, "ES384")).send(HTTP);
    }

    private TokenCall bare() {
        return TokenCall.to(redox.tokenEndpoint());
    }

    private TokenCall grant() {
        return bare().with("grant_type", "client_credentials");
    }

    private TokenCall.Result api(String path, String token) throws IOException {
        return TokenCall.to(redox.baseUrl() + path).bearer(token).get(HTTP);
    }

    private static RequestBody body(String contentType, int size) {
        return RequestBody.create(new byte[size], MediaType.get(contentType));
    }

    private DocumentedError error(String id) {
        return redox.errors().stream()
                .filter(e -> e.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Arguments provoked(String id, Attempt attempt) {
        return Arguments.of(id, attempt);
    }

    static Stream<Arguments> errors() {
        String type = TokenCall.ASSERTION_TYPE;
        return Stream.of(
                provoked("redox-content-type", t -> t.bare().send(HTTP, body("application/json", 0))),
                provoked(
                        "redox-content-type",
                        t -> t.bare().send(HTTP, body("application/x-www-form-urlencoded; charset=utf-8", 0))),
                provoked("redox-no-grant-type", t -> t.bare().send(HTTP)),
                provoked(
                        "redox-wrong-grant-type",
                        t -> t.bare().with("grant_type", "password").send(HTTP)),
                provoked("redox-no-assertion-type", t -> t.grant().send(HTTP)),
                provoked(
                        "redox-wrong-assertion-type",
                        t -> t.grant().with("client_assertion_type", "jwt").send(HTTP)),
                provoked(
                        "redox-no-assertion",
                        t -> t.grant().with("client_assertion_type", type).send(HTTP)),
                provoked("redox-blank", t -> t.grant().assertion("no.jwt").send(HTTP)),
                provoked(
                        "redox-no-kid",
                        t -> t.grant()
                                .assertion(t.minimal().claim("iss", "x").signAnonymously(Keys.P384, "ES384"))
                                .send(HTTP)),
                provoked("redox-no-public-key", t -> t.send(t.minimal().header("kid", "other"))),
                provoked("redox-no-public-key", t -> t.send(t.minimal().claim("iss", "x"))),
                provoked("redox-no-public-key", t -> t.send(t.minimal().without("iss"))),
                provoked("redox-no-public-key", t -> t.send(t.minimal().claim("iss", "d"))),
                provoked("redox-no-public-key", t -> t.send(t.minimal().header("jku", "https://x.example.com/jwks"))),
                provoked(
                        "redox-api-401",
                        t -> TokenCall.to(t.redox.baseUrl() + "/endpoint").get(HTTP)),
                provoked("redox-api-401", t -> t.api("/nowhere", "unknown")),
                provoked("redox-api-404", t -> t.api("/nowhere", t.token())),
                provoked("redox-api-404", t -> t.api("/endpoints", t.token())),
                provoked(
                        "redox-api-413",
                        t -> TokenCall.to(t.redox.baseUrl() + "/endpoint")
                                .bearer(t.token())
                                .send(HTTP, body("application/json", 10 * 1024 * 1024 + 1))));
    }

    private String token() throws IOException {
        return send(minimal()).accessToken();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void request_withOneFault_getsTheDocumentedError(String id, Attempt attempt) throws IOException {
        TokenCall.Result result = attempt.send(this);

        assertThat(result.text()).isEqualTo(error(id).body());
        assertThat(result.status()).isEqualTo(error(id).status());
    }

    static Stream<UnaryOperator<Jwts>> refused() {
        return Stream.of(
                jwt -> jwt.claim("sub", "d"),
                jwt -> jwt.without("sub"),
                jwt -> jwt.without("typ"),
                jwt -> jwt.header("typ", "jwt"),
                jwt -> jwt.header("typ", "client-authentication+jwt"),
                jwt -> jwt.header("crit", List.of("x")),
                jwt -> jwt.without("aud"),
                jwt -> jwt.claim("aud", "https://api.redoxengine.com/v2/auth/token"),
                jwt -> jwt.claim("aud", jwt.claims.get("aud") + "/"),
                jwt -> jwt.claim("aud", jwt.claims.get("aud").toString().replace("/v2/auth/token", "")),
                jwt -> jwt.claim("aud", List.of(jwt.claims.get("aud"))),
                jwt -> jwt.without("iat"),
                jwt -> jwt.claim("iat", "" + NOW),
                jwt -> jwt.claim("iat", NOW + 0.5),
                jwt -> jwt.claim("iat", NOW + 11),
                jwt -> jwt.claim("iat", NOW - 301),
                jwt -> jwt.without("exp"),
                jwt -> jwt.claim("exp", NOW),
                jwt -> jwt.claim("exp", NOW + 301),
                jwt -> jwt.claim("iat", NOW - 10).claim("exp", NOW + 291),
                jwt -> jwt.claim("iat", NOW + 5).claim("exp", NOW + 301),
                jwt -> jwt.without("jti"),
                jwt -> jwt.claim("jti", ""));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void assertion_withOneFault_isRefusedWithAnEmptyDescription(UnaryOperator<Jwts> change) throws IOException {
        TokenCall.Result result = send(change.apply(minimal()));

        assertThat(result.text()).isEqualTo(error("redox-blank").body());
        assertThat(result.status()).isEqualTo(400);
        assertThat(redox.issuedTokens()).isEmpty();
    }

    static Stream<UnaryOperator<Jwts>> taken() {
        return Stream.of(
                jwt -> jwt,
                jwt -> jwt.claim("iat", NOW + 10),
                jwt -> jwt.claim("iat", NOW - 290).claim("exp", NOW + 10),
                jwt -> jwt.claim("exp", NOW + 300),
                jwt -> jwt.claim("scope", "a"));
    }

    @ParameterizedTest
    @MethodSource("taken")
    void assertion_withinTheLimits_isTaken(UnaryOperator<Jwts> change) throws IOException {
        assertThat(send(change.apply(minimal())).status()).isEqualTo(200);
        assertThat(redox.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS512", "PS384"})
    void algorithm_otherThanTheTwo_isRefused(String algorithm) throws IOException {
        String assertion = minimal().sign(Keys.RSA, algorithm);

        assertThat(grant().assertion(assertion).send(HTTP).reason()).isEmpty();
        assertThat(redox.issuedTokens()).isEmpty();
    }

    @Test
    void assertion_signedByAnotherKeyOfTheKid_isRefused() throws IOException {
        String assertion = minimal().header("kid", Keys.RSA.getKeyID()).sign(Keys.rsa("rsa-1", 2048), "RS384");
        String curve = minimal().sign(Keys.P256, "ES256");

        assertThat(grant().assertion(assertion).send(HTTP).text())
                .isEqualTo(error("redox-blank").body());
        assertThat(grant().assertion(curve).send(HTTP).text())
                .isEqualTo(error("redox-blank").body());
    }

    @Test
    void jti_usedAgain_isRefusedAndCounted() throws IOException {
        send(minimal().claim("jti", "once"));
        TokenCall.Result second = send(minimal().claim("jti", "once"));

        assertThat(second.text()).isEqualTo(error("redox-blank").body());
        assertThat(redox.repeatedJtiCount()).isEqualTo(1);
        assertThat(redox.violations())
                .containsExactly("Token request 2: The assertion's jti was seen before, in request 1");
    }

    @Test
    void token_byEitherAlgorithm_opensTheApi() throws IOException {
        String es = token();
        TokenCall.Result rs = grant().with("scope", "a b")
                .assertion(minimal().sign(Keys.RSA, "RS384"))
                .send(HTTP);

        assertThat(redox.issuedTokens()).containsExactly(es, rs.accessToken());
        assertThat(rs.json().path("expires_in").asInt()).isEqualTo(300);
        assertThat(rs.json().path("scope").asText()).isEqualTo("a b");
        assertThat(rs.json().path("token_type").asText()).isEqualTo("Bearer");
        assertThat(rs.json().has("refresh_token")).isFalse();
        for (String path : List.of("/endpoint", "/fhir/R4/x/Development/Patient", "/platform/v1/logs")) {
            assertThat(api(path, es).status()).isEqualTo(200);
        }
        assertThat(redox.violations()).isEmpty();
    }

    @Test
    void token_afterFiveMinutes_isRefused() throws IOException {
        String token = token();
        time.advance(Duration.ofMinutes(5).minusNanos(1));
        assertThat(api("/endpoint", token).status()).isEqualTo(200);

        time.advance(Duration.ofNanos(1));
        assertThat(api("/endpoint", token).text())
                .isEqualTo(error("redox-api-401").body());
    }

    @Test
    void request_thatNoPageMentions_isRefusedAsMisuse() throws IOException {
        TokenCall query = grant().url(redox.tokenEndpoint() + "?a=b");

        assertThat(query.assertion(minimal().sign(Keys.P384, "ES384"))
                        .send(HTTP)
                        .reason())
                .contains("no query");
        assertThat(bare().get(HTTP).status()).isEqualTo(405);
        assertThat(redox.violations()).hasSize(3).allMatch(sentence -> sentence.startsWith("Token request "));
    }

    @Test
    void refusal_withoutDescription_hasAReasonForTheTest() throws IOException {
        send(minimal().claim("exp", NOW));
        send(minimal());

        assertThat(redox.tokenRequests().get(0).reason())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("The assertion expired at "));
        assertThat(redox.tokenRequests().get(1).reason()).isEmpty();
    }

    @Test
    void key_withoutKid_isNotRegistered() {
        String nameless = Keys.P384.toPublicJWK().toJSONString().replace("\"kid\"", "\"x-kid\"");

        assertThatThrownBy(() -> redox.registerKey("c", nameless))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jwk has no kid");
    }

    @Test
    void key_ofTheSameKid_isReplacedAndOthersStay() throws IOException {
        redox.registerKey("c", Keys.jwkSet(Keys.rsa("rsa-1", 2048)));

        TokenCall.Result old =
                grant().assertion(minimal().sign(Keys.RSA, "RS384")).send(HTTP);

        assertThat(old.text()).isEqualTo(error("redox-blank").body());
        assertThat(send(minimal()).status()).isEqualTo(200);
    }
}
