package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.Answer;
import dev.latchkey.testing.FakeApi;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallCommandTest {
    private static final String SECRET = "canary-secret-0123456789abcdef0123456789";
    private static final String CLIENT_KEY = "canary-client-key";

    private final Tool tool = new Tool();
    private FakeAuthorizationServer server;
    private FakeApi api;

    @BeforeEach
    void start() {
        server = FakeAuthorizationServer.start();
        api = FakeApi.start(server);
        server.register(FakeClient.clientSecretPost("me", SECRET));
        tool.environment.put("SECRET", SECRET);
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
        assertThat(tool.printed())
                .doesNotContain(SECRET)
                .doesNotContain(CLIENT_KEY)
                .doesNotContain("\tat ");
        server.issuedTokens().forEach(token -> assertThat(tool.printed()).doesNotContain(token));
    }

    @Test
    void text_answer_isTheBodyOnStandardOutput() {
        assertThat(tool.run(call("/patients"))).isZero();

        assertThat(tool.out).isEqualTo("{\"ok\":true,\"path\":\"/patients\"}" + System.lineSeparator());
        assertThat(tool.err.strip()).isEqualTo("HTTP 200");
    }

    @Test
    void json_answer_isOneObject() throws IOException {
        assertThat(tool.run(call("/patients", "--json"))).isZero();

        assertThat(tool.json().at("/access_token").asText()).isEqualTo("*****");
        assertThat(tool.json().at("/response/status").asInt()).isEqualTo(200);
        assertThat(tool.json().at("/response/body/path").asText()).isEqualTo("/patients");
        assertThat(tool.json().at("/response/headers").isObject()).isTrue();
        assertThat(tool.err).isEmpty();
    }

    @Test
    void json_textBody_isAString() throws IOException {
        api.next(Answer.text(200, "hello").header("Set-Cookie", "session=" + CLIENT_KEY));

        assertThat(tool.run(call("/", "--json", "--trace"))).isZero();
        assertThat(tool.json().at("/response/body").asText()).isEqualTo("hello");
    }

    @Test
    void trace_call_showsNoCredentialAndNoQuery() {
        api.requireHeader("x-client-key", CLIENT_KEY);

        assertThat(tool.run(call("/patients?name=Ada", "--trace", "--header", "x-client-key=" + CLIENT_KEY)))
                .isZero();

        assertThat(tool.err)
                .contains("> GET " + api.url("/patients") + "\n", "< 200 after ", "> POST " + server.tokenEndpoint())
                .doesNotContain("Ada");
        assertThat(api.requests().get(0).query()).isEqualTo("name=Ada");
    }

    @Test
    void trace_revokedToken_showsBothAttempts() {
        api.next(Answer.json(401, "{\"error\":\"invalid_token\"}")
                .header("WWW-Authenticate", "Bearer error=\"invalid_token\""));

        assertThat(tool.run(call("/patients", "--trace"))).isZero();
        assertThat(tool.err).contains("< 401 after", "* the API refused the token", "< 200 after");
    }

    @Test
    void data_isPostedAsJson() {
        assertThat(tool.run(
                        call("/patients", "--data", "{\"name\":\"Ada\"}", "--header", "Accept=application/fhir+json")))
                .isZero();

        assertThat(api.requests().get(0).method()).isEqualTo("POST");
        assertThat(api.requests().get(0).body()).isEqualTo("{\"name\":\"Ada\"}");
        assertThat(api.requests().get(0).header("Content-Type")).hasValue("application/json");
        assertThat(api.requests().get(0).header("Accept")).hasValue("application/fhir+json");
    }

    @Test
    void contentType_ofTheHeader_isUsed() {
        assertThat(tool.run(call("/p", "--method", "put", "--data", "a=b", "--header", "content-type=text/plain")))
                .isZero();

        assertThat(api.requests().get(0).method()).isEqualTo("PUT");
        assertThat(api.requests().get(0).header("Content-Type")).hasValue("text/plain");
    }

    @Test
    void apiError_json_isExitCode4WithTheAnswer() throws IOException {
        api.next(Answer.json(404, "{\"message\":\"No such patient\"}"));

        assertThat(tool.run(call("/patients/1", "--json"))).isEqualTo(4);

        assertThat(tool.json().at("/error/type").asText()).isEqualTo("NotFoundException");
        assertThat(tool.json().at("/error/status").asInt()).isEqualTo(404);
        assertThat(tool.json().at("/response/body/message").asText()).isEqualTo("No such patient");
        assertThat(tool.json().at("/access_token").asText()).isEqualTo("*****");
    }

    @Test
    void missingClientKey_text_saysWhatToDo() {
        api.requireHeader("x-client-key", CLIENT_KEY);

        assertThat(tool.run(call("/patients"))).isEqualTo(4);
        assertThat(tool.out).isEmpty();
        assertThat(tool.err).contains("499").contains("\nTo do: ").contains("x-client-key");
    }

    @Test
    void wrongSecret_isExitCode3() {
        server.register(FakeClient.clientSecretPost("me", "another-0123456789"));

        assertThat(tool.run(call("/patients"))).isEqualTo(3);
        assertThat(api.requestCount()).isZero();
    }

    @Test
    void unreachableApi_isExitCode5() {
        String url = api.url("/patients");
        api.close();

        assertThat(tool.run(callUrl(url))).isEqualTo(5);
        assertThat(tool.err).contains("No usable answer from the API", "To do: ");
    }

    @Test
    void foreignHttp_isRefusedAndGetsNothing() {
        assertThat(tool.run(callUrl("http://api.example.com/patients"))).isEqualTo(2);
        assertThat(tool.err).startsWith("latchkey: URL: http://api.example.com is refused");
        assertThat(server.tokenRequestCount()).isZero();
    }

    @Test
    void otherOrigin_isExitCode2() {
        assertThat(tool.run(call("/patients", "--api-origin", "https://api.example.com")))
                .isEqualTo(2);
        assertThat(tool.err).contains("none of the origins", "apiOrigin");
        assertThat(api.requestCount()).isZero();
    }

    @Test
    void badCalls_areExitCode2() {
        assertThat(tool.run(callUrl("patients?key=" + CLIENT_KEY))).isEqualTo(2);
        assertThat(tool.err).startsWith("latchkey: URL: ");
        assertThat(tool.run(call("/patients", "--method", "GET", "--data", "x")))
                .isEqualTo(2);
        assertThat(tool.err).startsWith("latchkey: --method GET must not");
        assertThat(tool.run(call("/patients", "--data", "x", "--header", "Content-Type=nonsense")))
                .isEqualTo(2);
        assertThat(tool.err).startsWith("latchkey: --header Content-Type: ");
        assertThat(tool.run("call")).isEqualTo(2);
    }

    private String[] call(String path, String... more) {
        return callUrl(api.url(path), more);
    }

    private String[] callUrl(String url, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "call",
                url,
                "--token-endpoint",
                server.tokenEndpoint(),
                "--client-id",
                "me",
                "--auth-method",
                "client_secret_post",
                "--client-secret-env",
                "SECRET"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
