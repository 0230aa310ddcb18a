package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.clientauth.JwsAlgorithm;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.examples.Keys;
import dev.latchkey.testing.Answer;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TokenCommandTest {
    private static final String SECRET = "canary-secret-0123456789abcdef0123456789";

    private final Tool tool = new Tool();
    private FakeAuthorizationServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        server = FakeAuthorizationServer.start();
        tool.environment.put("SECRET", SECRET);
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(tool.printed()).doesNotContain(SECRET).doesNotContain("\tat ");
    }

    @Test
    void json_privateKeyJwt_isOneObjectWithTokenMasked() throws IOException {
        registerKey();

        assertThat(tool.run(withKey("--json", "--scope", "b a", "--issuer", server.issuer())))
                .isZero();

        JsonNode all = tool.json();
        assertThat(all.fieldNames())
                .toIterable()
                .containsExactly("access_token", "token_type", "expires_in", "scope", "assertion");
        assertThat(all.path("access_token").asText()).isEqualTo("*****");
        assertThat(all.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(all.path("expires_in").asInt()).isEqualTo(300);
        assertThat(all.path("scope").asText()).contains("a").contains("b");
        assertThat(all.at("/assertion/header/kid").asText()).isEqualTo("key-1");
        assertThat(all.at("/assertion/header/alg").asText()).isEqualTo("RS384");
        assertThat(all.at("/assertion/claims/aud").asText()).isEqualTo(server.issuer());
        assertThat(all.at("/assertion/claims/exp").isIntegralNumber()).isTrue();
        assertThat(tool.err).isEmpty();
        assertThat(tool.printed()).doesNotContain(server.issuedTokens().get(0));
    }

    @Test
    void json_tokenEndpointProfile_namesTheTokenEndpoint() throws IOException {
        server.register(FakeClient.privateKeyJwt(
                "me", key().withAlgorithm(JwsAlgorithm.PS384).publicJwk()));

        assertThat(tool.run(withKey(
                        "--json",
                        "--issuer",
                        server.issuer(),
                        "--assertion-profile",
                        "token-endpoint",
                        "--alg",
                        "PS384")))
                .isZero();

        assertThat(tool.json().at("/assertion/claims/aud").asText()).isEqualTo(server.tokenEndpoint());
        assertThat(tool.json().at("/assertion/header/alg").asText()).isEqualTo("PS384");
    }

    @Test
    void showToken_json_printsTheToken() throws IOException {
        registerKey();

        assertThat(tool.run(withKey("--json", "--show-token"))).isZero();

        assertThat(server.isActive(tool.json().path("access_token").asText())).isTrue();
    }

    @Test
    void text_token_isATableWithTokenMasked() {
        registerKey();

        assertThat(tool.run(withKey())).isZero();

        assertThat(tool.out).contains("access_token  *****", "token_type    Bearer", "expires_in    300 s");
        assertThat(tool.printed()).doesNotContain(server.issuedTokens().get(0));
    }

    @Test
    void clientSecretBasic_isTheDefaultOfASecret() {
        server.register(FakeClient.clientSecretBasic("me", SECRET));

        assertThat(tool.run(args("--client-secret-env", "SECRET", "--trace"))).isZero();
    }

    @Test
    void clientSecretPost_traced_showsNoSecret() {
        server.register(FakeClient.clientSecretPost("me", SECRET));

        assertThat(tool.run(args("--auth-method", "client_secret_post", "--client-secret-env", "SECRET", "--trace")))
                .isZero();
        assertThat(tool.err).contains("> POST " + server.tokenEndpoint(), "client_secret=*****", "< token for 300 s");
    }

    @Test
    void clientSecretJwt_otherAlgorithm_isUsed() throws IOException {
        server.register(FakeClient.clientSecretJwt("me", SECRET, "HS384"));

        assertThat(tool.run(args(
                        "--auth-method",
                        "client_secret_jwt",
                        "--client-secret-env",
                        "SECRET",
                        "--alg",
                        "HS384",
                        "--json")))
                .isZero();
        assertThat(tool.json().at("/assertion/header/alg").asText()).isEqualTo("HS384");
    }

    @Test
    void none_publicClient_isRefusedByTheServer() throws IOException {
        server.register(FakeClient.none("me"));

        assertThat(tool.run(args("--auth-method", "none", "--json"))).isEqualTo(3);
        assertThat(tool.json().path("error").path("code").asText()).isEqualTo("unauthorized_client");
    }

    @Test
    void json_refused_isOneObjectWithTheError() throws IOException {
        server.register(FakeClient.privateKeyJwt(
                "me", SigningKey.of(Keys.OTHER_RSA).withKeyId("key-1").publicJwk()));

        assertThat(tool.run(withKey("--json"))).isEqualTo(3);

        JsonNode error = tool.json().path("error");
        assertThat(error.path("type").asText()).isEqualTo("InvalidClientException");
        assertThat(error.path("code").asText()).isEqualTo("invalid_client");
        assertThat(error.path("status").asInt()).isEqualTo(401);
        assertThat(error.path("description").asText()).contains("signature");
        assertThat(error.path("remedy").asText()).contains("kid");
        assertThat(error.path("retryable").isBoolean()).isTrue();
        assertThat(tool.json().at("/assertion/header/kid").asText()).isEqualTo("key-1");
        assertThat(tool.err).isEmpty();
    }

    @Test
    void text_refused_isMessageAndRemedy() {
        server.register(FakeClient.clientSecretBasic("me", "another-0123456789"));

        assertThat(tool.run(args("--client-secret-env", "SECRET"))).isEqualTo(3);
        assertThat(tool.out).isEmpty();
        assertThat(tool.err)
                .startsWith("latchkey: Token request")
                .contains("\nTo do: ")
                .hasLineCount(2);
    }

    @Test
    void brokenAnswer_isExitCode5() throws IOException {
        registerKey();
        server.always(Answer.html(200, "<html>Sign in</html>"));

        assertThat(tool.run(withKey("--json"))).isEqualTo(5);
        assertThat(tool.json().at("/error/type").asText()).isEqualTo("InvalidResponseException");
        assertThat(tool.json().at("/error/code").isNull()).isTrue();
    }

    @Test
    void noServer_isExitCode5() {
        int port = server.port();
        server.close();

        assertThat(tool.run(
                        "token",
                        "--token-endpoint",
                        "http://127.0.0.1:" + port + "/t",
                        "--client-id",
                        "me",
                        "--client-secret-env",
                        "SECRET"))
                .isEqualTo(5);
        assertThat(tool.err).contains("To do: ");
    }

    @Test
    void plainHttp_toAForeignHost_isRefused() {
        assertThat(tool.run(
                        "token",
                        "--token-endpoint",
                        "http://auth.example.com/t",
                        "--client-id",
                        "me",
                        "--client-secret-env",
                        "SECRET"))
                .isEqualTo(2);
        assertThat(tool.err)
                .startsWith("latchkey: --token-endpoint: http://auth.example.com is refused")
                .contains("use https");
    }

    @Test
    void header_traced_reachesTheServerAndIsMasked() throws IOException {
        registerKey();

        assertThat(tool.run(withKey("--header", "x-client-key=" + SECRET, "--trace")))
                .isZero();

        assertThat(server.tokenRequests().get(0).header("x-client-key")).hasValue(SECRET);
        assertThat(tool.err).contains("x-client-key: *****", "assertion claims", "client_assertion=*****");
        assertThat(tool.printed())
                .doesNotContain(server.issuedTokens().get(0))
                .doesNotContain(server.tokenRequests()
                        .get(0)
                        .parameter("client_assertion")
                        .orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--client-secret-env NOT_SET | --client-secret-env: the environment variable NOT_SET is not set",
                "--client-secret-env canary-secret-0123456789abcdef0123456789 | --client-secret-env: the environment variable",
                "--key /no/such/key.pem | key.pem",
                "--client-secret-env SECRET --alg RS384 | --alg: not used by client_secret_basic",
                "--auth-method client_secret_jwt --client-secret-env SECRET --alg canary | --alg: ",
                "--auth-method client_secret_jwt --client-secret-env SECRET --alg RS256 | HS256",
                "--client-secret-env SECRET --header canary-secret-0123456789abcdef0123456789 | --header: number 1",
                "--client-secret-env SECRET --header a=%s%n | --header",
                "--client-secret-env SECRET --header Authorization=canary-secret-0123456789abcdef0123456789 | --header Authorization: the SDK",
                "--client-secret-env SECRET --scope a\"b | --scope: ",
                "--client-secret-env SECRET --issuer http://a.example | --issuer: http://a.example is refused",
                "--client-secret-env SECRET --assertion-profile x | --assertion-profile: unknown",
                "--client-secret-env SECRET --assertion-profile issuer | needs --issuer",
                "--client-secret-env SECRET --key k | --key and --client-secret-env",
                "--auth-method client_secret_post | --client-secret-env: client_secret_post needs a secret",
                "--auth-method private_key_jwt | --key: ",
                "--auth-method none --key k | --key: not used by none",
                "--auth-method tls | --auth-method: unknown",
                "--nonsense=canary-secret-0123456789abcdef0123456789 --client-secret-env SECRET | Unknown: --nonsense",
                "--client-secret canary-secret-0123456789abcdef0123456789 | --client-secret-env NAME",
                "canary-secret-0123456789abcdef0123456789 | argument too many",
                " | --auth-method: how does the client prove itself?",
            })
    void badOption_isExitCode2AndNamed(String line) {
        String[] parts = line.split(" \\| ", -1);
        String options = parts.length == 1 ? "" : parts[0].strip();
        String[] extra = options.isEmpty()
                ? new String[0]
                : options.replace("%s%n", "b\u00fc").split(" ");

        assertThat(tool.run(args(extra))).isEqualTo(2);

        assertThat(tool.out).isEmpty();
        assertThat(tool.err).startsWith("latchkey: ").contains(parts[parts.length - 1].replaceFirst("^ ?\\| ", ""));
    }

    @Test
    void keyPassword_fromItsVariable_opensTheStore() throws Exception {
        HeldCertificate held = new HeldCertificate.Builder().rsa2048().build();
        server.register(FakeClient.privateKeyJwt(
                "me", SigningKey.of(held.keyPair()).withKeyId("key-1").publicJwk()));
        String[] options = {"--key", store(held).toString(), "--key-id", "key-1", "--key-password-env", "SECRET"};

        assertThat(tool.run(args(options))).isZero();

        tool.environment.put("SECRET", "canary-another-password");
        assertThat(tool.run(args(options))).isEqualTo(2);
        assertThat(tool.err)
                .startsWith("latchkey: --key: ")
                .contains("password")
                .doesNotContain("canary");
    }

    private Path store(HeldCertificate held) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate[] chain = {held.certificate()};
        store.setKeyEntry("key", held.keyPair().getPrivate(), SECRET.toCharArray(), chain);
        Path file = folder.resolve("key.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, SECRET.toCharArray());
        }
        return file;
    }

    @Test
    void json_badConfiguration_isOneObject() throws IOException {
        assertThat(tool.run(args("--json"))).isEqualTo(2);
        assertThat(tool.json().at("/error/type").asText()).isEqualTo("Usage");
    }

    @Test
    void missingOptions_areNamed() {
        assertThat(tool.run("token")).isEqualTo(2);
        assertThat(tool.err).contains("--token-endpoint", "--client-id", "Try: latchkey token --help");
    }

    private static SigningKey key() {
        return SigningKey.of(Keys.RSA).withKeyId("key-1");
    }

    private void registerKey() {
        server.register(FakeClient.privateKeyJwt("me", key().publicJwk()));
    }

    private String[] withKey(String... more) {
        try {
            List<String> all =
                    new ArrayList<>(List.of("--key", Keys.file(folder, Keys.RSA).toString(), "--key-id", "key-1"));
            all.addAll(List.of(more));
            return args(all.toArray(String[]::new));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String[] args(String... more) {
        List<String> all =
                new ArrayList<>(List.of("token", "--token-endpoint", server.tokenEndpoint(), "--client-id", "me"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
