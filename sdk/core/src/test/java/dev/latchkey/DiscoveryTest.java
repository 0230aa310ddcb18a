package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.InvalidResponseException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.login.LoginRequest;
import dev.latchkey.provider.Endpoint;
import dev.latchkey.provider.MetadataDocument;
import dev.latchkey.provider.Provider;
import dev.latchkey.provider.ProviderMetadata;
import dev.latchkey.provider.SmartBackendServices;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.testing.SmartBackendServicesSimulator;
import java.io.IOException;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class DiscoveryTest {
    private final MockWebServer server = new MockWebServer();
    private String origin = "";

    @BeforeEach
    void start() throws IOException {
        server.start();
        origin = "http://127.0.0.1:" + server.getPort();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private String document(String issuer) {
        return "{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"" + origin
                + "/token\",\"introspection_endpoint\":\"" + origin
                + "/introspect\",\"token_endpoint_auth_methods_supported\":[\"client_secret_post\"]}";
    }

    @Test
    void fetch_smartConfiguration_givesAProviderThatWorks() throws Exception {
        FakeTime time = new FakeTime();
        try (SmartBackendServicesSimulator smart = SmartBackendServicesSimulator.start(time)) {
            smart.registerKey("c", Fixtures.KEY.publicJwk());
            Provider provider =
                    Discovery.of(SmartBackendServices.at(smart.fhirBaseUrl())).fetch();
            assertThat(provider.tokenEndpoint()).isEqualTo(smart.tokenEndpoint());
            try (TokenManager tokens = TokenManager.builder(provider)
                    .clientId("c")
                    .signingKey(Fixtures.KEY)
                    .scope("system/Patient.rs")
                    .clock(time)
                    .ticker(time)
                    .build()) {
                assertThat(smart.isActive(tokens.token().value())).isTrue();
            }
        }
    }

    @Test
    void fetch_issuerWithPath_looksBeforeThePathFirstThenAfterIt() throws Exception {
        //
        answer(404, "");
        answer(200, document(origin + "/realms/one"));
        Provider provider =
                Discovery.of(ProviderMetadata.ofIssuer(origin + "/realms/one")).fetch();
        assertThat(server.takeRequest().getTarget()).isEqualTo("/.well-known/oauth-authorization-server/realms/one");
        assertThat(server.takeRequest().getTarget()).isEqualTo("/realms/one/.well-known/openid-configuration");
        assertThat(provider.issuer()).contains(origin + "/realms/one");
        assertThat(provider.endpoint(Endpoint.INTROSPECTION)).contains(origin + "/introspect");
        assertThat(provider.clientSecretAuthentication("s").method()).isEqualTo("client_secret_post");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/other", "#x", "?x", "%2F"})
    void fetch_issuerDiffers_nothingOfItIsUsed(String suffix) {
        // near misses
        answer(200, document(origin + suffix));
        assertThatThrownBy(() -> Discovery.of(ProviderMetadata.ofIssuer(origin)).fetch())
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("identical");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "<html>login</html>",
                "",
                "{\"issuer\":1}",
                "{\"token_endpoint\":\"ftp://x/\"}",
                "{\"token_endpoint\":\"http://other.example/token\"}",
                "{\"token_endpoint\":\"/token\"}",
                "{\"token_endpoint\":[\"https://a.example/\"]}"
            })
    void fetch_documentOfNoUse_isATypedError(String body) {
        // R-46, V-14
        answer(200, body);
        assertThatThrownBy(() ->
                        Discovery.of(SmartBackendServices.at(origin + "/fhir")).fetch())
                .isInstanceOfSatisfying(
                        OAuthException.class, e -> assertThat(e.remedy()).isNotBlank());
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"code_challenge_methods_supported\":[]",
                ",\"code_challenge_methods_supported\":[\"plain\"]"
            })
    void begin_serverThatNamesNoS256_getsItAllTheSame(String methods) throws Exception {
        // R-41, V-18
        String document =
                document(origin).replaceFirst("}$", ",\"authorization_endpoint\":\"" + origin + "/a\"" + methods + "}");
        answer(200, document);
        try (TokenManager tokens = TokenManager.builder(
                        Discovery.of(ProviderMetadata.ofIssuer(origin)).fetch())
                .clientId(Fixtures.CLIENT_ID)
                .signingKey(Fixtures.KEY)
                .build()) {
            HttpUrl url = HttpUrl.get(tokens.login()
                    .begin(LoginRequest.of("https://app.example.com/callback"))
                    .authorizationUrl());
            assertThat(url.queryParameter("code_challenge_method")).isEqualTo("S256");
            assertThat(url.queryParameter("code_challenge")).hasSize(43);
        }
    }

    @Test
    void fetch_redirect_isNotFollowed() {
        //
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .setHeader("Location", origin + "/elsewhere")
                .build());
        assertThatThrownBy(() ->
                        Discovery.of(SmartBackendServices.at(origin + "/fhir")).fetch())
                .isInstanceOf(InvalidResponseException.class);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254/token",
                "https://10.0.0.5/token",
                "https://localhost/token",
                "https://127.0.0.1/token",
                "https://[::1]/token",
                "https://[fd00::1]/token",
                "https://2130706433/token",
                "https://intranet/token"
            })
    void url_addressOfANetworkInADocumentFromElsewhere_isRefused(String address) {
        // R-46, V-15
        MetadataDocument document = MetadataDocument.of("https://a.example/x", Map.of("token_endpoint", address));
        assertThatThrownBy(() -> document.requiredUrl("token_endpoint")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void url_plainHttpInADocumentOfTls_isRefused() {
        MetadataDocument document =
                MetadataDocument.of("https://a.example/x", Map.of("token_endpoint", "http://127.0.0.1/token"));
        assertThatThrownBy(() -> document.requiredUrl("token_endpoint"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
    }
}
