package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.TransportException;
import dev.latchkey.testing.FakeAuthorizationServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F-20, R-01, R-66, V-04: nothing is said to a server that cannot prove who it is; one client carries trust store and proxy for both. */
@Timeout(30)
class TlsTest {
    private static final HeldCertificate ROOT =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private static final HandshakeCertificates TRUST = new HandshakeCertificates.Builder()
            .addTrustedCertificate(ROOT.certificate())
            .build();

    private final FakeAuthorizationServer server = FakeAuthorizationServer.builder()
            .https(serving(signed("localhost", "auth.internal").build()).sslSocketFactory())
            .start();
    private final OkHttpClient http = new OkHttpClient.Builder()
            .sslSocketFactory(TRUST.sslSocketFactory(), TRUST.trustManager())
            .build();
    private final MockWebServer api = new MockWebServer();

    @BeforeEach
    void register() {
        Fixtures.register(server);
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
        http.connectionPool().evictAll();
    }

    private static HeldCertificate.Builder signed(String... names) {
        HeldCertificate.Builder certificate = new HeldCertificate.Builder().signedBy(ROOT);
        for (String name : names) {
            certificate.addSubjectAlternativeName(name);
        }
        return certificate;
    }

    private static HandshakeCertificates serving(HeldCertificate held) {
        return new HandshakeCertificates.Builder().heldCertificate(held).build();
    }

    private static int status(OkHttpClient client, String url) throws IOException {
        Request request = new Request.Builder().url(url).build();
        try (Response response = client.newCall(request).execute()) {
            return response.code();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "of another host", "self-signed"})
    void call_certificateOfTheApiIsUnfit_nothingIsSentAndTheTokenIsKept(String kind) throws Exception {
        HeldCertificate held = switch (kind) {
            case "expired" ->
                signed("localhost").validityInterval(1L, 1_000_000L).build();
            case "of another host" -> signed("other.example").build();
            default ->
                new HeldCertificate.Builder()
                        .addSubjectAlternativeName("localhost")
                        .build();
        };
        api.useHttps(serving(held).sslSocketFactory());
        api.start();
        try (TokenManager tokens = Fixtures.manager(server)
                .httpClient(http)
                .apiOrigin(api.url("/").toString())
                .header("x-client-key", World.CLIENT_KEY)
                .build()) {
            OkHttpClient client =
                    OAuthInterceptor.of(tokens).applyTo(http.newBuilder()).build();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> status(client, api.url("/").toString()))
                        .isInstanceOf(SSLException.class);
            }
        }
        assertThat(api.getRequestCount()).isZero();
        assertThat(server.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void token_serverOffersTls11_refusedWithNothingSent() throws Exception {
        try (ServerSocket old = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> choosingTls11(old), Fixtures.THREADS);
            String url = "https://localhost:" + old.getLocalPort() + "/token";
            try (TokenManager tokens = TokenManager.builder(url)
                    .clientId("c")
                    .signingKey(Fixtures.KEY)
                    .httpClient(http)
                    .retries(3)
                    .build()) {
                assertThatThrownBy(tokens::token).isInstanceOfSatisfying(TransportException.class, e -> {
                    assertThat(e.requestSent()).isFalse();
                    assertThat(e.isRetryable()).isFalse();
                    assertThat(e).hasMessageContaining("TLS").hasMessageContaining("before anything was sent");
                    assertThat(e.remedy()).isNotBlank();
                });
            }
            // An alert: two bytes behind a header of five. No request is as short.
            assertThat(heard.get(10, TimeUnit.SECONDS))
                    .hasSizeLessThanOrEqualTo(7)
                    .doesNotContain("POST");
        }
    }

    /** Answers a client hello by choosing TLS 1.1, and gives what is said to that. */
    private static String choosingTls11(ServerSocket listening) {
        try (Socket socket = listening.accept()) {
            byte[] hello = new byte[16_384];
            assertThat(socket.getInputStream().read(hello)).isPositive();
            var answer = new ByteArrayOutputStream();
            answer.writeBytes(new byte[] {22, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2});
            answer.writeBytes("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
            answer.writeBytes(new byte[] {0, (byte) 0xc0, 0x13, 0});
            socket.getOutputStream().write(answer.toByteArray());
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void token_nameIsReboundToAnotherServer_refusedWithNothingSent() {
        // F-18: whoever answers at the address has to prove the name.
        OkHttpClient rebound = http.newBuilder()
                .dns(host -> List.of(InetAddress.getLoopbackAddress()))
                .build();
        String url = server.tokenEndpoint().replace("localhost", "auth.example.com");
        try (TokenManager tokens = TokenManager.builder(url)
                .clientId(Fixtures.CLIENT_ID)
                .signingKey(Fixtures.KEY)
                .httpClient(rebound)
                .build()) {
            assertThatThrownBy(tokens::token)
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.isRetryable()).isFalse());
        }
        assertThat(server.tokenRequestCount()).isZero();
    }

    /** Names that no DNS knows, behind a proxy, signed by an authority of the house. */
    private TokenManager.Builder inTheHouse(int port) {
        int authPort = okhttp3.HttpUrl.get(server.tokenEndpoint()).port();
        return TokenManager.builder("https://auth.internal:" + authPort + "/oauth2/token")
                .clientId(Fixtures.CLIENT_ID)
                .signingKey(Fixtures.KEY)
                .issuer(server.issuer())
                .retries(0)
                .header("x-client-key", World.CLIENT_KEY)
                .apiOrigin("https://api.internal:" + port);
    }

    @Test
    void proxyAndTrustStore_oneClient_reachTokenRequestsAndApiCallsAlike() throws Exception {
        api.useHttps(serving(signed("api.internal").build()).sslSocketFactory());
        api.start();
        api.enqueue(new MockResponse.Builder().code(204).build());
        try (FaultProxy proxy = FaultProxy.connect()) {
            OkHttpClient house = http.newBuilder()
                    .proxy(new Proxy(
                            Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())))
                    .build();
            try (TokenManager tokens =
                    inTheHouse(api.getPort()).httpClient(house).build()) {
                OkHttpClient client =
                        OAuthInterceptor.of(tokens).applyTo(house.newBuilder()).build();

                assertThat(status(client, "https://api.internal:" + api.getPort() + "/x"))
                        .isEqualTo(204);
            }
            assertThat(proxy.tunnels())
                    .hasSize(2)
                    .allSatisfy(head -> assertThat(head)
                            .startsWith("CONNECT ")
                            .doesNotContain("Bearer", "client_assertion", World.CLIENT_KEY));
            assertThat(proxy.tunnels().get(0)).contains("auth.internal");
            assertThat(proxy.tunnels().get(1)).contains("api.internal");
            assertThat(proxy.posts()).isZero();
            assertThat(server.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void proxyAndTrustStore_givenToTheApiClientAlone_remedyNamesTheSetting() throws Exception {
        api.useHttps(serving(signed("api.internal").build()).sslSocketFactory());
        api.start();
        try (TokenManager tokens = Fixtures.manager(server).retries(0).build()) {
            assertThatThrownBy(tokens::token)
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.remedy()).contains("httpClient("));
        }
        assertThat(server.tokenRequestCount()).isZero();
    }
}
