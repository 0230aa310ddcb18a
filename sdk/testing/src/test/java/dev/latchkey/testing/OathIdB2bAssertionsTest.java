package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What ID B2B checks of an assertion, each rule broken once. */
@Timeout(60)
class OathIdB2bAssertionsTest {

    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final long NOW = FakeTime.START.getEpochSecond();
    private static final String SECRET = "short";
    private static final String REALM = "aolcorporate/aolexternals";

    private final FakeTime time = new FakeTime();
    private final OathIdB2bSimulator oath = OathIdB2bSimulator.start(time);

    @BeforeEach
    void register() {
        oath.registerClient("c", SECRET, REALM, "one");
    }

    @AfterEach
    void close() {
        oath.close();
    }

    private TokenCall scoped() {
        return TokenCall.to(oath.tokenEndpoint())
                .with("grant_type", "client_credentials")
                .with("realm", REALM)
                .with("scope", "one");
    }

    private Jwts minimal() {
        return Jwts.minimal("c", oath.tokenEndpoint() + "?realm=" + REALM, time.instant());
    }

    private TokenCall.Result send(Jwts jwt) throws IOException {
        return scoped().assertion(jwt.mac(SECRET, "HS256")).send(HTTP);
    }

    private DocumentedError error(String id) {
        return oath.errors().stream().filter(e -> e.id().equals(id)).findFirst().orElseThrow();
    }

    private static Arguments refused(String id, UnaryOperator<Jwts> change) {
        return Arguments.of(id, change);
    }

    static Stream<Arguments> refusedAssertions() {
        return Stream.of(
                refused("oath-server-error", jwt -> jwt.without("typ")),
                refused("oath-server-error", jwt -> jwt.header("typ", "client-authentication+jwt")),
                refused("oath-audience", jwt -> jwt.without("aud")),
                refused("oath-audience", jwt -> jwt.claim("aud", jwt.claims.get("aud") + "/")),
                refused("oath-audience", jwt -> jwt.claim("aud", audience(jwt).replace("?realm=" + REALM, ""))),
                refused(
                        "oath-audience",
                        jwt -> jwt.claim("aud", audience(jwt).replace(REALM, REALM.replace("/", "%2F")))),
                refused("oath-audience", jwt -> jwt.claim("aud", List.of("https://id.b2b.yahooinc.com"))),
                refused("oath-expired", jwt -> jwt.header("crit", List.of("x"))),
                refused("oath-expired", jwt -> jwt.without("iss")),
                refused("oath-iss-sub", jwt -> jwt.claim("iss", "x")),
                refused("oath-expired", jwt -> jwt.without("exp")),
                refused("oath-server-error", jwt -> jwt.claim("exp", "" + (NOW + 60))),
                refused("oath-server-error", jwt -> jwt.claim("exp", NOW + 60.5)),
                refused("oath-server-error", jwt -> jwt.claim("exp", Long.MAX_VALUE)),
                refused("oath-expired", jwt -> jwt.claim("exp", NOW - 300)),
                refused("oath-expired", jwt -> jwt.claim("exp", NOW + 86_401)),
                refused("oath-server-error", jwt -> jwt.claim("iat", "" + NOW)),
                refused("oath-expired", jwt -> jwt.claim("iat", NOW - 86_401)),
                refused("oath-expired", jwt -> jwt.claim("nbf", NOW + 301)));
    }

    private static String audience(Jwts jwt) {
        return jwt.claims.get("aud").toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedAssertions")
    void assertion_withOneFault_isRefused(String id, UnaryOperator<Jwts> change) throws IOException {
        TokenCall.Result result = send(change.apply(minimal()));

        assertThat(result.text()).isEqualTo(error(id).body());
        assertThat(result.status()).isEqualTo(400);
        assertThat(oath.issuedTokens()).isEmpty();
    }

    static Stream<UnaryOperator<Jwts>> takenAssertions() {
        return Stream.of(
                jwt -> jwt,
                jwt -> jwt.without("jti").without("iat"),
                jwt -> jwt.claim("aud", List.of("https://other.example.com", audience(jwt))),
                jwt -> jwt.claim("exp", NOW - 299),
                jwt -> jwt.claim("exp", NOW + 86_400),
                jwt -> jwt.claim("iat", NOW + 3600).claim("exp", NOW),
                jwt -> jwt.claim("iat", NOW - 86_400),
                jwt -> jwt.claim("nbf", NOW + 300));
    }

    @ParameterizedTest
    @MethodSource("takenAssertions")
    void assertion_withinTheLimits_isTaken(UnaryOperator<Jwts> change) throws IOException {
        assertThat(send(change.apply(minimal())).status()).isEqualTo(200);
        assertThat(oath.violations()).isEmpty();
    }

    @Test
    void assertion_withoutAlg_getsTheTextOfTheEnum() throws IOException {
        String none = minimal().mac(SECRET, "HS256");
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

        TokenCall.Result result =
                scoped().assertion(header + none.substring(none.indexOf('.'))).send(HTTP);

        assertThat(result.is(error("oath-no-alg"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS384", "HS512"})
    void assertion_byAnotherAlgorithmOrSecret_isRefused(String algorithm) throws IOException {
        TokenCall.Result other =
                scoped().assertion(minimal().mac(SECRET, algorithm)).send(HTTP);
        TokenCall.Result wrong =
                scoped().assertion(minimal().mac("other", "HS256")).send(HTTP);

        assertThat(List.of(other, wrong)).allMatch(result -> result.is(error("oath-expired")));
    }

    @Test
    void clientId_besideTheAssertion_isTheSameOrRefused() throws IOException {
        String other = minimal().mac(SECRET, "HS256");

        assertThat(scoped().with("client_id", "x").assertion(other).send(HTTP).is(error("oath-iss-sub")))
                .isTrue();
        assertThat(scoped().with("client_id", "c").assertion(other).send(HTTP).status())
                .isEqualTo(200);
    }

    @Test
    void jti_usedAgain_isCountedAndTaken() throws IOException {
        send(minimal().claim("jti", "once"));

        assertThat(send(minimal().claim("jti", "once")).status()).isEqualTo(200);
        assertThat(oath.repeatedJtiCount()).isEqualTo(1);
        assertThat(oath.violations()).hasSize(1);
        assertThat(oath.tokenRequestCount()).isEqualTo(2);
    }
}
