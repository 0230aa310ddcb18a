package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RequestRulesTest {

    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final String GOOD_FORM = "grant_type=client_credentials&client_id=c&client_secret=s";
    private static final String GOOD_JSON =
            "{\"grant_type\":\"client_credentials\",\"client_id\":\"c\",\"client_secret\":\"s\"}";

    private final FakeAuthorizationServer server = FakeAuthorizationServer.start();

    @BeforeEach
    void register() {
        server.register(FakeClient.clientSecretPost("c", "s"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private TokenCall call() {
        return TokenCall.clientCredentials(server).post("c", "s");
    }

    private TokenCall.Result send(String contentType, String body) throws IOException {
        MediaType type = contentType.isEmpty() ? null : MediaType.get(contentType);
        return TokenCall.bare(server)
                .send(HTTP, RequestBody.create(body.getBytes(java.nio.charset.StandardCharsets.UTF_8), type));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("The header Accept is missing", call -> call.withoutHeader("Accept")),
                fault("Accept must admit application/json", call -> call.header("Accept", "text/html")),
                fault("The parameter grant_type is repeated", call -> call.with("grant_type", "client_credentials")),
                fault(
                        "The parameter scope is repeated",
                        call -> call.with("scope", "a").with("scope", "b")));
    }

    private static Arguments fault(String reason, UnaryOperator<TokenCall> change) {
        return Arguments.of(reason, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void request_withOneFault_isRefusedForIt(String reason, UnaryOperator<TokenCall> change) throws IOException {
        assertRefused(change.apply(call()).send(HTTP), reason);
    }

    private void assertRefused(TokenCall.Result result, String reason) {
        assertThat(result.status()).isEqualTo(400);
        assertThat(result.error()).isEqualTo("invalid_request");
        assertThat(result.reason()).contains(reason);
        assertThat(result.header("Cache-Control")).contains("no-store");
        assertThat(server.violations()).hasSize(1);
        assertThat(server.violations().get(0)).startsWith("Token request 1: ").contains(reason);
        assertThat(server.issuedTokens()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "text/html, application/json;q=0.9"})
    void accept_thatAdmitsJson_isTaken(String accept) throws IOException {
        assertThat(call().header("Accept", accept).send(HTTP).status()).isEqualTo(200);
    }

    @Test
    void query_withACredential_isRefusedAndNotRepeated() throws IOException {
        TokenCall.Result result =
                call().url(server.tokenEndpoint() + "?client_secret=hidden").send(HTTP);

        assertRefused(result, "The URL must have no query");
        assertThat(result.text()).doesNotContain("hidden");
        assertThat(server.violations().toString()).doesNotContain("hidden");
    }

    @Test
    void method_get_isRefused() throws IOException {
        TokenCall.Result result = TokenCall.bare(server).get(HTTP);

        assertThat(result.status()).isEqualTo(405);
        assertThat(result.error()).isEqualTo("invalid_request");
        assertThat(result.reason()).isEqualTo("The method must be POST, but is GET");
        assertThat(result.header("Allow")).contains("POST");
        assertThat(server.violations()).contains("Token request 1: The method must be POST, but is GET");
    }

    @Test
    void contentType_otherThanAForm_isRefused() throws IOException {
        assertThat(send("application/x-www-form-urlencoded", GOOD_FORM).status())
                .isEqualTo(200);
        assertThat(send("application/x-www-form-urlencoded; charset=utf-8", GOOD_FORM)
                        .reason())
                .contains("The Content-Type must be application/x-www-form-urlencoded, but is");
        assertThat(send("text/plain", GOOD_FORM).reason()).endsWith("but is text/plain");
        assertThat(send("", GOOD_FORM).reason()).endsWith("but is absent");
        assertThat(send("application/json", GOOD_JSON).reason()).endsWith("but is application/json");
    }

    @Test
    void form_brokenPercentEncoding_isRefused() throws IOException {
        assertRefused(
                send("application/x-www-form-urlencoded", GOOD_FORM + "&scope=%zz"), "The body is neither a form");
    }

    @Test
    void jsonRequests_told_takesJsonAndNothingElse() throws IOException {
        server.jsonRequests(true);

        assertThat(send("application/json", GOOD_JSON).status()).isEqualTo(200);
        assertThat(send("application/json; charset=utf-8", GOOD_JSON).status()).isEqualTo(200);
        assertThat(call().send(HTTP).reason()).contains("The Content-Type must be application/json, but is");
        assertThat(server.tokenRequests().get(0).parameter("client_id")).contains("c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{\"grant_type\":1}",
                "{\"grant_type\":\"a\",\"grant_type\":\"a\"}",
                "{\"grant_type\":\"a\"} x"
            })
    void jsonRequests_bodyThatIsNoObjectOfTexts_isRefused(String body) throws IOException {
        server.jsonRequests(true);

        assertRefused(send("application/json", body), "The body is neither a form nor a JSON object");
    }

    @Test
    void grantType_missingOrUnknown_isRefused() throws IOException {
        assertThat(TokenCall.bare(server).post("c", "s").send(HTTP).reason())
                .isEqualTo("The parameter grant_type is missing");
        TokenCall.Result unknown = TokenCall.bare(server)
                .with("grant_type", "password")
                .post("c", "s")
                .send(HTTP);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.error()).isEqualTo("unsupported_grant_type");
    }

    @Test
    void path_other_isNotFoundAndNotCounted() throws IOException {
        Request request = new Request.Builder()
                .url(server.issuer() + "/other")
                .post(new FormBody.Builder().build())
                .build();

        try (Response response = HTTP.newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(404);
        }

        assertThat(server.tokenRequestCount()).isZero();
    }

    @Test
    void scripted_faultyRequest_isNotedAllTheSame() throws IOException {
        server.next(Answer.json(200, "{}"));

        call().withoutHeader("Accept").send(HTTP);

        assertThat(server.violations())
                .containsExactly("Token request 1: The header Accept is missing: send application/json");
    }

    @Test
    void description_charactersThatRfc6749Forbids_areReplaced() throws IOException {
        TokenCall.Result result = TokenCall.bare(server)
                .with("grant_type", "a\"b\\cü\n")
                .post("c", "s")
                .send(HTTP);

        assertThat(result.reason()).isEqualTo("No grant of the type a'b/c??");
        TokenCall.Result longOne = TokenCall.bare(server)
                .with("grant_type", "x".repeat(1000))
                .post("c", "s")
                .send(HTTP);
        assertThat(longOne.reason()).hasSize(300);
    }
}
