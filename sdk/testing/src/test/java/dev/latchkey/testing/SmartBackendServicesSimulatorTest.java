package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
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

/** What SMART Backend Services demands, each rule broken once by a request made by hand. */
@Timeout(30)
class SmartBackendServicesSimulatorTest {

    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final long NOW = FakeTime.START.getEpochSecond();

    private final FakeTime time = new FakeTime();
    private final SmartBackendServicesSimulator smart = SmartBackendServicesSimulator.start(time);

    private interface Attempt {
        TokenCall.Result send(SmartBackendServicesSimulatorTest test) throws IOException;
    }

    @BeforeEach
    void register() {
        smart.registerKey("c", Keys.jwkSet(Keys.P384, Keys.RSA));
        smart.registerKey("d", Keys.jwkSet(Keys.P384));
    }

    @AfterEach
    void close() {
        smart.close();
    }

    private Jwts minimal() {
        return Jwts.minimal("c", smart.tokenEndpoint(), time.instant());
    }

    private TokenCall bare() {
        return TokenCall.to(smart.tokenEndpoint());
    }

    private TokenCall grant() {
        return bare().with("grant_type", "client_credentials");
    }

    private TokenCall authenticated() {
        return grant().assertion(minimal().sign(Keys.P384, "ES384"));
    }

    private TokenCall.Result send(Jwts jwt) throws IOException {
        return grant().with("scope", "system/*.rs")
                .assertion(jwt.sign(Keys.P384, "ES384"))
                .send(HTTP);
    }

    private TokenCall.Result api(String path, String token) throws IOException {
        return TokenCall.to(smart.baseUrl() + path).bearer(token).get(HTTP);
    }

    private DocumentedError error(String id) {
        return smart.errors().stream()
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
                provoked("smart-assertion-type", t -> t.bare().send(HTTP)),
                provoked(
                        "smart-grant",
                        t -> t.bare().with("grant_type", "password").send(HTTP)),
                provoked("smart-assertion-type", t -> t.grant().send(HTTP)),
                provoked(
                        "smart-assertion-type",
                        t -> t.grant().with("client_assertion_type", "jwt").send(HTTP)),
                provoked(
                        "smart-assertion-type",
                        t -> t.grant().with("client_assertion_type", type).send(HTTP)),
                provoked("smart-client", t -> t.grant().assertion("no.jwt").send(HTTP)),
                provoked("smart-client", t -> t.send(t.minimal().claim("iss", "x"))),
                provoked("smart-scope", t -> t.authenticated().send(HTTP)),
                provoked("smart-scope", t -> t.authenticated().with("scope", "").send(HTTP)),
                provoked(
                        "smart-scope",
                        t -> t.authenticated().with("scope", "a  b").send(HTTP)),
                provoked("smart-401", t -> t.api("/fhir/Patient", "unknown")),
                provoked(
                        "smart-401",
                        t -> TokenCall.to(t.smart.fhirBaseUrl() + "/Patient").get(HTTP)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void request_withOneFault_getsTheDocumentedError(String id, Attempt attempt) throws IOException {
        TokenCall.Result result = attempt.send(this);

        assertThat(result.text()).isEqualTo(error(id).body());
        assertThat(result.status()).isEqualTo(error(id).status());
        assertThat(smart.issuedTokens()).isEmpty();
    }

    static Stream<UnaryOperator<Jwts>> refused() {
        return Stream.of(
                jwt -> jwt.claim("sub", "d"),
                jwt -> jwt.header("kid", "other"),
                jwt -> jwt.header("kid", Keys.RSA.getKeyID()),
                jwt -> jwt.header("typ", "JOSE"),
                jwt -> jwt.without("typ"),
                jwt -> jwt.claim("aud", "https://fhir.example.com"),
                jwt -> jwt.claim("aud", List.of(jwt.claims.get("aud"))),
                jwt -> jwt.without("exp"),
                jwt -> jwt.claim("exp", "" + (NOW + 60)),
                jwt -> jwt.claim("exp", NOW),
                jwt -> jwt.claim("exp", NOW + 301),
                jwt -> jwt.without("iat").claim("exp", NOW + 301),
                jwt -> jwt.claim("iat", NOW + 16),
                jwt -> jwt.without("jti"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void assertion_withOneFault_isInvalidClient(UnaryOperator<Jwts> change) throws IOException {
        TokenCall.Result result = send(change.apply(minimal()));

        assertThat(result.text()).isEqualTo("{\"error\":\"invalid_client\"}");
        assertThat(result.status()).isEqualTo(400);
    }

    @Test
    void assertion_withoutIat_isTaken() throws IOException {
        assertThat(send(minimal().without("iat")).status()).isEqualTo(200);
        assertThat(send(minimal().claim("exp", NOW + 300)).status()).isEqualTo(200);
        assertThat(smart.violations()).isEmpty();
    }

    @Test
    void assertion_withoutKidOrWithAnotherAlgorithm_isInvalidClient() throws IOException {
        String nameless = minimal().signAnonymously(Keys.P384, "ES384");
        String rs256 = minimal().sign(Keys.RSA, "RS256");

        for (String assertion : List.of(nameless, rs256)) {
            assertThat(grant().with("scope", "a")
                            .assertion(assertion)
                            .send(HTTP)
                            .error())
                    .isEqualTo("invalid_client");
        }
    }

    @Test
    void jti_usedAgain_isRefusedToTheSameClientOnly() throws IOException {
        Jwts other = Jwts.minimal("d", smart.tokenEndpoint(), time.instant()).claim("jti", "once");

        assertThat(send(minimal().claim("jti", "once")).status()).isEqualTo(200);
        assertThat(send(other).status()).isEqualTo(200);
        assertThat(smart.repeatedJtiCount()).isZero();

        assertThat(send(minimal().claim("jti", "once")).error()).isEqualTo("invalid_client");
        assertThat(smart.repeatedJtiCount()).isEqualTo(1);
    }

    @Test
    void token_hasAllFourMembersAndOpensTheApi() throws IOException {
        TokenCall.Result result = grant().with("scope", "system/Patient.rs system/Group.rs")
                .assertion(minimal().sign(Keys.RSA, "RS384"))
                .send(HTTP);

        assertThat(result.json().path("expires_in").intValue()).isEqualTo(300);
        assertThat(result.json().path("token_type").asText()).isEqualTo("bearer");
        assertThat(result.json().path("scope").asText()).isEqualTo("system/Patient.rs system/Group.rs");
        assertThat(result.json()).hasSize(4);
        assertThat(api("/fhir/Patient", result.accessToken()).status()).isEqualTo(200);
        assertThat(api("/other", result.accessToken()).status()).isEqualTo(404);
        time.advance(Duration.ofMinutes(5));
        assertThat(api("/fhir/Patient", result.accessToken()).text())
                .isEqualTo(error("smart-401").body());
    }

    @Test
    void discovery_namesTheTokenEndpointAndIsNotCounted() throws IOException {
        TokenCall.Result result = TokenCall.to(smart.fhirBaseUrl() + "/.well-known/smart-configuration")
                .get(HTTP);
        JsonNode document = result.json();

        assertThat(document.path("token_endpoint").asText()).isEqualTo(smart.tokenEndpoint());
        assertThat(document.path("token_endpoint_auth_methods_supported").toString())
                .isEqualTo("[\"private_key_jwt\"]");
        assertThat(document.path("token_endpoint_auth_signing_alg_values_supported")
                        .toString())
                .isEqualTo("[\"RS384\",\"ES384\"]");
        assertThat(document.path("capabilities").toString()).contains("client-confidential-asymmetric");
        assertThat(result.header("Date")).isPresent();
        assertThat(smart.apiRequestCount()).isZero();
    }

    @Test
    void down_untilRecover_answersEverythingWith503() throws IOException {
        smart.goDown();
        String discovery = "/fhir/.well-known/smart-configuration";

        assertThat(api(discovery, "x").status()).isEqualTo(503);
        assertThat(send(minimal()).status()).isEqualTo(503);

        smart.recover();
        assertThat(api(discovery, "x").status()).isEqualTo(200);

        smart.rateLimit();
        assertThat(api("/fhir/Patient", "x").status()).isEqualTo(429);
    }

    @Test
    void scripts_ofTheApi_leaveTheDiscoveryAlone() throws IOException {
        smart.nextApi(Answer.status(504));

        assertThat(api("/fhir/.well-known/smart-configuration", "x").status()).isEqualTo(200);
        assertThat(api("/fhir/Patient", "x").status()).isEqualTo(504);
    }
}
