package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.TokenManager;
import dev.latchkey.clientauth.JwsAlgorithm;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.provider.Provider;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import dev.latchkey.testing.RecordedTokenRequest;
import java.io.IOException;
import java.util.List;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each custom provider, on the wire against a server that has its paths and its demands. */
@Timeout(30)
class CustomProvidersTest {
    private static final SigningKey KEY = SigningKey.of(Keys.RSA).withKeyId("key-1");

    @Test
    void okta_tokenEndpointAudience_isAccepted() throws IOException {
        try (FakeAuthorizationServer server = server("/oauth2/v1", "/token")) {
            RecordedTokenRequest request = requested(server, CustomProviders.okta(origin(server)), KEY);

            assertThat(request.assertionClaims()).containsEntry("aud", server.tokenEndpoint());
            assertThat(request.parameter("scope")).hasValue("a");
        }
    }

    @Test
    void entra_certificate_namesTheKeyByItsThumbprint() throws IOException {
        HeldCertificate certificate =
                new HeldCertificate.Builder().rsa2048().commonName("my-client").build();
        SigningKey key = SigningKey.of(certificate.keyPair().getPrivate(), certificate.certificate())
                .withAlgorithm(JwsAlgorithm.PS256);
        try (FakeAuthorizationServer server = server("/tenant", "/oauth2/v2.0/token")) {
            RecordedTokenRequest request = requested(server, CustomProviders.entra(origin(server), "tenant"), key);

            assertThat(request.assertionHeader()).containsEntry("alg", "PS256").containsKey("x5t#S256");
        }
    }

    @Test
    void entra_keyWithoutCertificate_isRefusedWhenBuilt() {
        Provider entra = CustomProviders.entra("https://login.microsoftonline.com", "tenant");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> manager(entra, KEY.withAlgorithm(JwsAlgorithm.PS256)))
                .withMessageContaining("withCertificate");
    }

    @Test
    void epic_rsaKey_signsRs384ForFourMinutes() throws IOException {
        try (FakeAuthorizationServer server = server("", "/oauth2/token")) {
            RecordedTokenRequest request = requested(server, CustomProviders.epic(origin(server)), KEY);

            assertThat(request.assertionHeader()).containsEntry("alg", "RS384").containsEntry("typ", "JWT");
        }
    }

    @Test
    void keycloak_issuerAudience_isAccepted() throws IOException {
        try (FakeAuthorizationServer server = server("/realms/demo", "/protocol/openid-connect/token")) {
            Provider keycloak = CustomProviders.keycloak(origin(server), "demo", "https://api.example.com");
            RecordedTokenRequest request = requested(server, keycloak, KEY);

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

    private static TokenManager manager(Provider provider, SigningKey key) {
        return TokenManager.builder(provider)
                .clientId("my-client")
                .signingKey(key)
                .scope("a")
                .build();
    }

    private static RecordedTokenRequest requested(FakeAuthorizationServer server, Provider provider, SigningKey key)
            throws IOException {
        server.register(FakeClient.privateKeyJwt("my-client", key.publicJwk()));
        try (TokenManager tokens = manager(provider, key)) {
            assertThat(server.isActive(tokens.token().value())).isTrue();
        }
        List<RecordedTokenRequest> requests = server.tokenRequests();
        assertThat(requests).hasSize(1);
        return requests.get(0);
    }
}
