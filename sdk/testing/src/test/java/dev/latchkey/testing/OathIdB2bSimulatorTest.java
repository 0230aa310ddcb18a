package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
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

/** What the vendor's page demands of token requests, each rule broken once by a request made by hand. */
@Timeout(60)
class OathIdB2bSimulatorTest {

    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final long NOW = FakeTime.START.getEpochSecond();
    private static final String SECRET = "short";
    private static final String REALM = "aolcorporate/aolexternals";

    private final FakeTime time = new FakeTime();
    private final OathIdB2bSimulator oath = OathIdB2bSimulator.start(time);

    /** A request for a token, made from a good assertion. */
    private interface Attempt {
        TokenCall.Result send(OathIdB2bSimulatorTest test) throws IOException;
    }

    @BeforeEach
    void register() {
        oath.registerClient("c", SECRET, REALM, "one", "two");
        oath.registerUser("ann", "correct horse");
    }

    @AfterEach
    void close() {
        oath.close();
    }

    private TokenCall bare() {
        return TokenCall.to(oath.tokenEndpoint());
    }

    private TokenCall grant(String grantType) {
        return bare().with("grant_type", grantType).with("realm", REALM);
    }

    private TokenCall scoped() {
        return grant("client_credentials").with("scope", "one");
    }

    private Jwts minimal() {
        return Jwts.minimal("c", oath.tokenEndpoint() + "?realm=" + REALM, time.instant());
    }

    private String assertion() {
        return minimal().mac(SECRET, "HS256");
    }

    private TokenCall.Result send(Jwts jwt) throws IOException {
        return scoped().assertion(jwt.mac(SECRET, "HS256")).send(HTTP);
    }

    private TokenCall.Result refresh(String token) throws IOException {
        return grant("refresh_token")
                .with("refresh_token", token)
                .assertion(assertion())
                .send(HTTP);
    }

    private DocumentedError error(String id) {
        return oath.errors().stream().filter(e -> e.id().equals(id)).findFirst().orElseThrow();
    }

    private static Arguments provoked(String id, Attempt attempt) {
        return Arguments.of(id, attempt);
    }

    private static RequestBody empty(String contentType) {
        return RequestBody.create(new byte[0], MediaType.get(contentType));
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                provoked("oath-method", t -> t.bare().get(HTTP)),
                provoked("oath-content-type", t -> t.bare().send(HTTP, empty("application/json"))),
                provoked(
                        "oath-content-type",
                        t -> t.bare().send(HTTP, empty("application/x-www-form-urlencoded; charset=utf-8"))),
                provoked("oath-no-grant-type", t -> t.bare().send(HTTP)),
                provoked("oath-grant-type", t -> t.grant("client_credential").send(HTTP)),
                provoked("oath-server-error", t -> t.scoped().send(HTTP)),
                provoked("oath-server-error", t -> t.scoped().assertion("").send(HTTP)),
                provoked(
                        "oath-server-error",
                        t -> t.scoped().assertion("cut.off").send(HTTP)),
                provoked(
                        "oath-client",
                        t -> t.scoped()
                                .with("client_assertion_type", "jwt-bearer")
                                .with("client_assertion", t.assertion())
                                .send(HTTP)),
                provoked(
                        "oath-client",
                        t -> t.scoped().with("client_assertion", t.assertion()).send(HTTP)),
                provoked("oath-client", t -> t.send(t.minimal().claim("sub", "x"))),
                provoked("oath-client", t -> t.send(t.minimal().without("sub"))),
                provoked("oath-client", t -> t.scoped().post("c", "wrong").send(HTTP)),
                provoked("oath-client", t -> t.scoped().post("x", SECRET).send(HTTP)),
                provoked("oath-client", t -> t.inRealm("dsp")),
                provoked("oath-client", t -> t.inRealm("aolcorporate/AOLexternals")),
                provoked(
                        "oath-scope",
                        t -> t.grant("client_credentials")
                                .with("scope", "introspects")
                                .assertion(t.assertion())
                                .send(HTTP)),
                provoked(
                        "oath-server-error",
                        t -> t.grant("client_credentials")
                                .assertion(t.assertion())
                                .send(HTTP)),
                provoked(
                        "oath-code",
                        t -> t.grant("authorization_code")
                                .with("code", "x")
                                .with("redirect_uri", "https://app.example.com/callback")
                                .assertion(t.assertion())
                                .send(HTTP)),
                provoked(
                        "oath-server-error",
                        t -> t.grant("authorization_code")
                                .assertion(t.assertion())
                                .send(HTTP)),
                provoked("oath-code", t -> t.password("wrong")),
                provoked("oath-server-error", t -> t.password("")),
                provoked("oath-refresh", t -> t.refresh("x")),
                provoked("oath-server-error", t -> t.refresh("")));
    }

    private TokenCall.Result inRealm(String realm) throws IOException {
        return bare().with("grant_type", "client_credentials")
                .with("scope", "one")
                .with("realm", realm)
                .assertion(assertion())
                .send(HTTP);
    }

    private TokenCall.Result password(String password) throws IOException {
        return grant("password")
                .with("scope", "one")
                .with("username", "ann")
                .with("password", password)
                .assertion(assertion())
                .send(HTTP);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void request_withOneFault_getsTheDocumentedError(String id, Attempt attempt) throws IOException {
        TokenCall.Result result = attempt.send(this);

        assertThat(result.text()).isEqualTo(error(id).body());
        assertThat(result.status()).isEqualTo(error(id).status());
        assertThat(oath.issuedTokens()).isEmpty();
    }

    @Test
    void token_ofAClient_hasTheDocumentedForm() throws IOException {
        TokenCall.Result result = send(minimal());

        assertThat(UUID.fromString(result.accessToken())).hasToString(result.accessToken());
        assertThat(result.text())
                .isEqualTo("{\"access_token\":\"" + result.accessToken()
                        + "\",\"scope\":\"one\",\"token_type\":\"Bearer\",\"expires_in\":599}");
        assertThat(scoped().post("c", SECRET).send(HTTP).status()).isEqualTo(200);
        assertThat(oath.issuedTokens()).hasSize(2).allMatch(oath::isActive);
        time.advance(Duration.ofSeconds(599));
        assertThat(oath.isActive(result.accessToken())).isFalse();
    }

    @Test
    void expiresIn_asText_isTheNumberInQuotes() throws IOException {
        oath.expiresInAsText(true);
        JsonNode life = send(minimal()).json().path("expires_in");

        assertThat(life.isTextual()).isTrue();
        assertThat(life.asText()).isEqualTo("599");
    }

    @Test
    void order_ofTwoFaults_isThatOfTheFactBook() throws IOException {
        TokenCall json = grant("nonsense");
        assertThat(json.send(HTTP, empty("text/plain")).is(error("oath-content-type")))
                .isTrue();
        Jwts jwt = minimal().claim("sub", "x").claim("aud", "x").claim("exp", NOW - 999);
        assertThat(send(jwt).is(error("oath-client"))).isTrue();
        assertThat(send(jwt.claim("sub", "c")).is(error("oath-audience"))).isTrue();
        TokenCall scope = grant("client_credentials").with("scope", "no");
        assertThat(scope.assertion(minimal().claim("exp", NOW - 999).mac(SECRET, "HS256"))
                        .send(HTTP)
                        .is(error("oath-expired")))
                .isTrue();
        assertThat(grant("refresh_token")
                        .with("refresh_token", "x")
                        .with("scope", "no")
                        .assertion(assertion())
                        .send(HTTP)
                        .error())
                .isEqualTo("invalid_scope");
    }

    @Test
    void echoedValues_areThoseOfTheRequest() throws IOException {
        assertThat(grant("im\"plicit").send(HTTP).reason()).isEqualTo("Grant type is not supported: im\"plicit");
        assertThat(grant("client_credentials")
                        .with("scope", "one  x y")
                        .post("c", SECRET)
                        .send(HTTP)
                        .reason())
                .isEqualTo("Unknown/invalid scope(s): [, x, y]");
    }

    @Test
    void client_withBadRegistration_isRefusedAtOnce() {
        assertThatThrownBy(() -> oath.registerClient("d", SECRET, "DSP", "one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lower case");
        assertThatThrownBy(() -> oath.registerClient("d", SECRET, "dsp"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scopes");
        oath.registerClient("d", SECRET, "dsp", "one");
        assertThatThrownBy(() -> oath.signIn("ann"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 registered clients");
    }
}
