package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.TokenManager;
import dev.latchkey.clientauth.JwsAlgorithm;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.error.InvalidClientException;
import dev.latchkey.provider.Provider;
import dev.latchkey.testing.Answer;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import dev.latchkey.testing.RecordedTokenRequest;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each custom provider, on the wire against a server that has its paths and its demands. */
@Timeout(30)
class CustomProvidersTest {
    private static final SigningKey KEY = SigningKey.of(Keys.RSA).withKeyId("key-1");

    @Test
    void okta_scopeAndKid_areAccepted() throws IOException {
        try (FakeAuthorizationServer server = server("/oauth2/v1", "/token")) {
            server.assertionLifeLimit(Duration.ofHours(1));
            FakeClient client = client(KEY)
                    .algorithms("RS256", "RS384", "RS512", "ES256", "ES384", "ES512")
                    .kidRequired(true)
                    .scopes("okta.users.read");
            Provider okta = CustomProviders.okta(origin(server));
            RecordedTokenRequest request =
                    requested(server, client, manager(okta, KEY).scope("okta.users.read"));

            assertThat(request.path()).isEqualTo("/oauth2/v1/token");
            assertThat(request.assertionHeader()).containsEntry("kid", "key-1");
            assertThat(request.assertionClaims()).containsEntry("aud", server.tokenEndpoint());
        }
    }

    @Test
    void okta_noScope_isRefusedWhenBuilt() {
        Provider okta = CustomProviders.okta("https://example.okta.com");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> manager(okta, KEY).build())
                .withMessageContaining("scope");
    }

    @Test
    void entra_certificate_namesTheKeyByItsThumbprint() throws Exception {
        HeldCertificate certificate =
                new HeldCertificate.Builder().rsa2048().commonName("my-client").build();
        SigningKey key = SigningKey.of(certificate.keyPair().getPrivate(), certificate.certificate())
                .withAlgorithm(JwsAlgorithm.PS256);
        try (FakeAuthorizationServer server = server("/tenant", "/oauth2/v2.0/token")) {
            FakeClient client = client(key).algorithms("PS256").scopes("https://graph.microsoft.com/.default");
            Provider entra = CustomProviders.entra(origin(server), "tenant", "https://graph.microsoft.com");
            RecordedTokenRequest request = requested(server, client, manager(entra, key));

            assertThat(request.path()).isEqualTo("/tenant/oauth2/v2.0/token");
            assertThat(request.parameter("client_id")).hasValue("my-client");
            assertThat(request.parameter("scope")).hasValue("https://graph.microsoft.com/.default");
            assertThat(request.assertionHeader())
                    .containsEntry("alg", "PS256")
                    .containsEntry("typ", "JWT")
                    .containsEntry("x5t#S256", thumbprint(certificate.certificate()));
            assertThat(request.assertionClaims()).containsEntry("aud", server.tokenEndpoint());
        }
    }

    /** RFC 7515, section 4.1.8. */
    private static String thumbprint(X509Certificate certificate) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    @Test
    void entra_keyWithoutCertificate_isRefusedWhenBuilt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> manager(microsoft(), KEY.withAlgorithm(JwsAlgorithm.PS256))
                        .build())
                .withMessageContaining("withCertificate");
    }

    @Test
    void entra_otherAlgorithm_isRefusedWhenBuilt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> manager(microsoft(), KEY).build())
                .withMessageContaining("PS256");
    }

    private static Provider microsoft() {
        return CustomProviders.entra("https://login.microsoftonline.com", "tenant", "https://graph.microsoft.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS384", "ES384"})
    void epic_eitherKey_isAcceptedWithoutScope(String algorithm) throws IOException {
        SigningKey key =
                algorithm.equals("RS384") ? KEY : SigningKey.of(Keys.p384()).withKeyId("key-2");
        try (FakeAuthorizationServer server = server("", "/oauth2/token")) {
            FakeClient client = client(key).algorithms("RS384", "ES384").kidRequired(true);
            RecordedTokenRequest request =
                    requested(server, client, manager(CustomProviders.epic(origin(server)), key));

            assertThat(request.assertionHeader())
                    .containsEntry("alg", algorithm)
                    .containsEntry("typ", "JWT");
            assertThat(request.assertionClaims()).containsEntry("aud", server.tokenEndpoint());
            assertThat(seconds(request, "exp") - seconds(request, "iat")).isEqualTo(240);
            assertThat(request.jti().orElseThrow()).hasSizeLessThanOrEqualTo(151);
            assertThat(request.parameter("scope")).isEmpty();
        }
    }

    private static long seconds(RecordedTokenRequest request, String claim) {
        return ((Number) request.assertionClaims().get(claim)).longValue();
    }

    @Test
    void epic_descriptionNull_isATypedError() {
        try (FakeAuthorizationServer server = server("", "/oauth2/token")) {
            server.always(Answer.json(400, "{\"error\":\"invalid_client\",\"error_description\":null}"));
            try (TokenManager tokens =
                    manager(CustomProviders.epic(origin(server)), KEY).build()) {
                assertThatExceptionOfType(InvalidClientException.class)
                        .isThrownBy(tokens::token)
                        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("null"));
            }
        }
    }

    @Test
    void keycloak_issuerAudience_isAccepted() throws IOException {
        try (FakeAuthorizationServer server = server("/realms/demo", "/protocol/openid-connect/token")) {
            FakeClient client = client(KEY).audience(FakeClient.Audience.ISSUER).kidRequired(true);
            Provider keycloak = CustomProviders.keycloak(origin(server), "demo", "https://api.example.com");
            RecordedTokenRequest request = requested(server, client, manager(keycloak, KEY));

            assertThat(request.assertionClaims()).containsEntry("aud", server.issuer());
        }
    }

    @Test
    void keycloak_secret_travelsInTheForm() throws IOException {
        try (FakeAuthorizationServer server = server("/realms/demo", "/protocol/openid-connect/token")) {
            server.register(FakeClient.clientSecretPost("my-client", "secret-1234567890"));
            Provider keycloak = CustomProviders.keycloak(origin(server), "demo", "https://api.example.com");
            try (TokenManager tokens = TokenManager.builder(keycloak)
                    .clientId("my-client")
                    .clientSecret("secret-1234567890")
                    .build()) {
                assertThat(server.isActive(tokens.token().value())).isTrue();
            }
        }
    }

    private static FakeAuthorizationServer server(String issuerPath, String tokenPath) {
        return FakeAuthorizationServer.builder()
                .issuerPath(issuerPath)
                .tokenPath(tokenPath)
                .start();
    }

    private static String origin(FakeAuthorizationServer server) {
        return "http://127.0.0.1:" + server.port();
    }

    private static TokenManager.Builder manager(Provider provider, SigningKey key) {
        return TokenManager.builder(provider).clientId("my-client").signingKey(key);
    }

    /** A client whose audience is the token endpoint, as with all of them but one. */
    private static FakeClient client(SigningKey key) {
        return FakeClient.privateKeyJwt("my-client", key.publicJwk()).audience(FakeClient.Audience.TOKEN_ENDPOINT);
    }

    private static RecordedTokenRequest requested(
            FakeAuthorizationServer server, FakeClient client, TokenManager.Builder manager) throws IOException {
        server.register(client);
        try (TokenManager tokens = manager.build()) {
            assertThat(server.isActive(tokens.token().value())).isTrue();
        }
        assertThat(server.violations()).isEmpty();
        List<RecordedTokenRequest> requests = server.tokenRequests();
        assertThat(requests).hasSize(1);
        return requests.get(0);
    }
}
