package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.OAuthInterceptor;
import dev.latchkey.TokenManager;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.testing.Answer;
import dev.latchkey.testing.FakeApi;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Signature;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every example runs. */
@Timeout(30)
class ExamplesTest {
    private static final String SECRET = "a-secret-of-some-length-1234567890";

    private final FakeAuthorizationServer server = FakeAuthorizationServer.start();
    private final FakeApi api = FakeApi.start(server);

    @AfterEach
    void stop() {
        assertThat(server.violations()).isEmpty();
        api.close();
        server.close();
    }

    @Test
    void firstCall_keyAndClientKey_gets200(@TempDir Path folder) throws IOException {
        SigningKey key = SigningKey.of(Keys.RSA).withKeyId("2026-key-1");
        server.register(FakeClient.privateKeyJwt("my-client", key.publicJwk()).kidRequired(true));
        api.requireHeader("x-client-key", "client-key");

        int status = FirstCall.run(server.tokenEndpoint(), Keys.file(folder, Keys.RSA), "client-key", api.origin());

        assertThat(status).isEqualTo(200);
        assertThat(api.requests().get(0).path()).isEqualTo("/v1/patients");
    }

    @Test
    void firstCall_excerpt_hasAtMostEightLines() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/main/java/dev/latchkey/examples/FirstCall.java"));
        int begin = indexOf(lines, "// begin: first call");

        assertThat(indexOf(lines, "// end: first call") - begin - 1)
                .isPositive()
                .isLessThanOrEqualTo(8);
    }

    private static int indexOf(List<String> lines, String mark) {
        return lines.stream().map(String::strip).toList().indexOf(mark);
    }

    @Test
    void clientSecret_basicAndPost_getTokens() throws IOException {
        server.register(FakeClient.clientSecretBasic("my-client", SECRET));
        try (TokenManager tokens = ClientSecret.basic(server.tokenEndpoint(), SECRET)) {
            assertThat(server.isActive(tokens.token().value())).isTrue();
        }
        server.register(FakeClient.clientSecretPost("my-client", SECRET));
        try (TokenManager tokens = ClientSecret.post(server.tokenEndpoint(), SECRET)) {
            assertThat(server.isActive(tokens.token().value())).isTrue();
        }
    }

    @Test
    void severalScopes_twoSources_twoTokens() throws IOException {
        server.register(FakeClient.clientSecretBasic("my-client", SECRET));
        try (TokenManager tokens = ClientSecret.basic(server.tokenEndpoint(), SECRET)) {
            String writing = SeveralScopes.run(tokens).value();

            assertThat(server.scopeOf(writing)).contains("system/Patient.cud");
            assertThat(server.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void perRequestToken_taggedRequest_carriesTheOtherScope() throws IOException {
        server.register(FakeClient.clientSecretBasic("my-client", SECRET));
        api.requireScope("reports/read");
        try (TokenManager tokens = tokens()) {
            assertThat(PerRequestToken.run(tokens, client(tokens), api.url("/reports")))
                    .isEqualTo(200);
        }
    }

    @Test
    void errorHandling_eachError_hasItsReaction() throws IOException {
        server.register(FakeClient.clientSecretBasic("my-client", SECRET));
        try (TokenManager tokens = tokens()) {
            OkHttpClient client = client(tokens);
            api.next(Answer.status(404));
            api.next(Answer.status(429).header("Retry-After", "7"));
            api.next(Answer.json(422, "{\"message\":\"No such code\"}"));

            assertThat(ErrorHandling.run(client, api.url("/a"))).isEqualTo("go on without it");
            assertThat(ErrorHandling.run(client, api.url("/a"))).isEqualTo("come back in 7 s");
            assertThat(ErrorHandling.run(client, api.url("/a"))).startsWith("log 422 No such code");
            assertThat(ErrorHandling.run(client, api.url("/a"))).startsWith("use {");
        }
    }

    @Test
    void errorHandling_wrongSecret_tellsOperations() throws IOException {
        server.register(FakeClient.clientSecretBasic("my-client", "another-secret-1234567890"));
        try (TokenManager tokens = tokens()) {
            assertThat(ErrorHandling.run(client(tokens), api.url("/a"))).startsWith("tell operations: invalid_client");
        }
    }

    @Test
    void kmsSigner_derSignature_isAccepted() throws IOException {
        KeyPair pair = Keys.p384();
        SigningKey registered = SigningKey.of(pair).withKeyId("kms-key-1");
        server.register(FakeClient.privateKeyJwt("my-client", registered.publicJwk()));

        try (TokenManager tokens = KmsSigner.tokens(server.tokenEndpoint(), pair.getPublic(), input -> {
            Signature signature = Signature.getInstance("SHA384withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(input);
            return signature.sign();
        })) {
            assertThat(server.isActive(tokens.token().value())).isTrue();
        }
    }

    @Test
    void ownHttpClient_trustStoreAndProxy_areUsed(@TempDir Path folder) throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .build();
        HandshakeCertificates tls =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        CountingDirect proxies = new CountingDirect();
        try (FakeAuthorizationServer secure =
                FakeAuthorizationServer.builder().https(tls.sslSocketFactory()).start()) {
            secure.register(FakeClient.clientSecretBasic("my-client", SECRET));
            OkHttpClient base = OwnHttpClient.base(proxies, trustStore(folder, certificate), "changeit".toCharArray());
            try (TokenManager tokens = OwnHttpClient.tokens(base, secure.tokenEndpoint(), SECRET)) {
                assertThat(secure.isActive(tokens.token().value())).isTrue();
                assertThat(OwnHttpClient.api(base, tokens).proxySelector()).isSameAs(proxies);
            }
        }
        assertThat(proxies.asked).contains("https");
    }

    private static Path trustStore(Path folder, HeldCertificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", certificate.certificate());
        Path file = folder.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return file;
    }

    /** Remembers for what it was asked. */
    private static final class CountingDirect extends ProxySelector {
        private final List<String> asked = new java.util.concurrent.CopyOnWriteArrayList<>();

        @Override
        public List<Proxy> select(URI uri) {
            asked.add(uri.getScheme());
            return List.of(Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException e) {}
    }

    private TokenManager tokens() {
        return TokenManager.builder(server.tokenEndpoint())
                .clientId("my-client")
                .clientSecret(SECRET)
                .apiOrigin(api.origin())
                .build();
    }

    private static OkHttpClient client(TokenManager tokens) {
        return OAuthInterceptor.of(tokens).applyTo(new OkHttpClient.Builder()).build();
    }
}
