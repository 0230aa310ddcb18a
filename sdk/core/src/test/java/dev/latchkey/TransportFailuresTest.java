package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.OAuthException;
import dev.latchkey.error.TransportException;
import dev.latchkey.event.TokenRequestSent;
import dev.latchkey.testing.Answer;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** F-18, F-20, R-01, R-66: what it means that no answer came, and whether anything was sent. */
@Timeout(20)
class TransportFailuresTest {
    private final EventLog events = new EventLog();

    private TransportException failure(String tokenEndpoint, UnaryOperator<OkHttpClient.Builder> http) {
        OkHttpClient client = http.apply(new OkHttpClient.Builder()).build();
        try (TokenManager tokens = TokenManager.builder(tokenEndpoint)
                .clientId("my-client")
                .signingKey(Fixtures.KEY)
                .httpClient(client)
                .requestTimeout(Duration.ofSeconds(5))
                .eventListener(events)
                .retries(0)
                .build()) {
            Object seen =
                    tokens.tokenAsync().handle((token, error) -> (Object) error).get(10, TimeUnit.SECONDS);
            assertThat(seen).isInstanceOf(TransportException.class);
            return (TransportException) seen;
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            client.connectionPool().evictAll();
        }
    }

    private void assertFacts(TransportException e, boolean sent, boolean retryable, String... words) {
        assertThat(e.requestSent()).isEqualTo(sent);
        assertThat(e.isRetryable()).isEqualTo(retryable);
        assertThat(e.getMessage()).contains(words).doesNotContain("client_assertion", "eyJ", "?", "q=1");
        assertThat(events.of(TokenRequestSent.class)).hasSize(1);
    }

    @Test
    void connectionRefused_isTypedAndNotSent() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        TransportException e = failure("http://127.0.0.1:" + port + "/oauth2/token?q=1", http -> http);

        assertFacts(e, false, true, "127.0.0.1/oauth2/token", "no connection", "firewall", "before anything was sent");
    }

    @Test
    void unknownHost_isTypedAndNotSent() {
        TransportException e = failure(
                "https://auth.example.invalid/token?q=1",
                http -> http.dns(host -> {
                    throw new UnknownHostException(host);
                }));

        assertFacts(e, false, true, "auth.example.invalid/token", "DNS");
    }

    @Test
    void silentServer_isTypedAndSent() {
        try (FakeAuthorizationServer server = FakeAuthorizationServer.start()) {
            server.always(Answer.hang());
            TransportException e = failure(server.tokenEndpoint(), http -> http.callTimeout(Duration.ofHours(1)));

            assertFacts(e, true, true, "in time", "requestTimeout", "after the request had begun");
        }
    }

    @Test
    void reset_isTypedAndSent() {
        try (FakeAuthorizationServer server = FakeAuthorizationServer.start()) {
            server.always(Answer.disconnectAfterRequest());
            assertFacts(failure(server.tokenEndpoint(), http -> http), true, true, "broke off");
        }
    }

    @Test
    void proxyUnreachable_isTypedAndNotSent() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        var address = new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        TransportException e = failure(
                "https://auth.example.com/token",
                http -> http.proxy(new java.net.Proxy(java.net.Proxy.Type.HTTP, address)));

        assertFacts(e, false, true, "proxy");
    }

    @Test
    void handshakeCutOff_isWorthAnotherTry() throws Exception {
        // A server that restarts closes in the middle of a handshake: that says nothing about its certificate.
        try (ServerSocket server = answering("")) {
            String url = "https://127.0.0.1:" + server.getLocalPort() + "/token";
            assertFacts(failure(url, http -> http), false, true, "TLS connection was cut off");
        }
    }

    @Test
    void plainHttpBehindHttps_isTlsTrouble() throws Exception {
        try (ServerSocket server = answering("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            String url = "https://127.0.0.1:" + server.getLocalPort() + "/token";
            assertFacts(failure(url, http -> http), false, false, "TLS failed");
        }
    }

    /** A server that reads something, says that, and closes. */
    private static ServerSocket answering(String bytes) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread serving = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    if (socket.getInputStream().read(new byte[16_384]) > 0) {
                        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
                    }
                } catch (IOException gone) {
                    assertThat(gone)
                            .as("the client or the test is gone; the loop looks which")
                            .isNotNull();
                }
            }
        });
        serving.setDaemon(true);
        serving.start();
        return server;
    }

    private static HeldCertificate.Builder certificate(String name) {
        return new HeldCertificate.Builder().addSubjectAlternativeName(name);
    }

    /** Starts a server with that certificate, and calls it with a client that trusts it, or that does not. */
    private void assertRefused(HeldCertificate held, boolean trusted) {
        HandshakeCertificates serving =
                new HandshakeCertificates.Builder().heldCertificate(held).build();
        HandshakeCertificates.Builder trust = new HandshakeCertificates.Builder();
        trust.addTrustedCertificate(
                trusted ? held.certificate() : certificate("x").build().certificate());
        HandshakeCertificates calling = trust.build();
        try (FakeAuthorizationServer server = FakeAuthorizationServer.builder()
                .https(serving.sslSocketFactory())
                .start()) {
            TransportException e = failure(
                    server.tokenEndpoint(),
                    http -> http.sslSocketFactory(calling.sslSocketFactory(), calling.trustManager()));

            assertFacts(e, false, false, "localhost/oauth2/token", "TLS", "certificate");
            assertThat(e).hasCauseInstanceOf(SSLException.class);
            assertThat(server.tokenRequestCount()).isZero();
        }
    }

    @Test
    void certificate_ofAnotherHost_refusedWithNothingSent() {
        assertRefused(certificate("other.example").build(), true);
    }

    @Test
    void certificate_notTrusted_refusedWithNothingSent() {
        assertRefused(certificate("localhost").build(), false);
    }

    @Test
    void certificate_expired_refusedWithNothingSent() {
        HeldCertificate expired =
                certificate("localhost").validityInterval(1L, 1_000_000L).build();
        HeldCertificate root =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate signed = certificate("localhost")
                .signedBy(root)
                .validityInterval(1L, 1_000_000L)
                .build();
        assertRefused(expired, false);
        HandshakeCertificates serving =
                new HandshakeCertificates.Builder().heldCertificate(signed).build();
        HandshakeCertificates calling = new HandshakeCertificates.Builder()
                .addTrustedCertificate(root.certificate())
                .build();
        EventLog fresh = new EventLog();
        try (FakeAuthorizationServer server = FakeAuthorizationServer.builder()
                        .https(serving.sslSocketFactory())
                        .start();
                TokenManager tokens = Fixtures.manager(server)
                        .httpClient(new OkHttpClient.Builder()
                                .sslSocketFactory(calling.sslSocketFactory(), calling.trustManager())
                                .build())
                        .eventListener(fresh)
                        .build()) {
            Object seen = tokens.tokenAsync().handle((token, e) -> (Object) e).join();
            assertThat(seen).isInstanceOf(TransportException.class);
            assertThat(((OAuthException) seen).isRetryable()).isFalse();
            assertThat(server.tokenRequestCount()).isZero();
            assertThat(fresh.of(TokenRequestSent.class)).hasSize(1);
        }
    }

    @Test
    void lastingTlsTrouble_isNotAskedInALoop() {
        FakeTime time = new FakeTime();
        HeldCertificate held = certificate("other.example").build();
        HandshakeCertificates serving =
                new HandshakeCertificates.Builder().heldCertificate(held).build();
        try (FakeAuthorizationServer server = FakeAuthorizationServer.builder()
                        .https(serving.sslSocketFactory())
                        .start();
                TokenManager tokens =
                        Fixtures.manager(server, time).eventListener(events).build()) {
            for (int i = 0; i < 100; i++) {
                assertThat(tokens.tokenAsync().handle((token, e) -> e).join()).isInstanceOf(TransportException.class);
            }
            assertThat(events.of(TokenRequestSent.class)).hasSize(1);
        }
    }
}
