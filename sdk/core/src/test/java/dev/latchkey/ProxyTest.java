package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** V-04: a proxy between us and the servers is asked for tunnels, and sees nothing but their addresses. */
@Timeout(20)
class ProxyTest {
    private final HeldCertificate held = new HeldCertificate.Builder()
            .addSubjectAlternativeName("auth.example.com")
            .addSubjectAlternativeName("api.example.com")
            .build();
    private final HandshakeCertificates certificates = new HandshakeCertificates.Builder()
            .heldCertificate(held)
            .addTrustedCertificate(held.certificate())
            .build();
    /** Plays the proxy and, inside the tunnels, both servers. */
    private final MockWebServer proxy = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        proxy.useHttps(certificates.sslSocketFactory());
        proxy.start();
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void tokenRequestAndApiCall_throughAProxy_showItNoCredential() throws Exception {
        answer("{\"access_token\":\"the-token\",\"token_type\":\"Bearer\",\"expires_in\":300}");
        answer("[]");
        OkHttpClient base = new OkHttpClient.Builder()
                .proxy(proxy.getProxyAddress())
                .sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager())
                .build();
        try (TokenManager tokens = TokenManager.builder("https://auth.example.com/token")
                .clientId(Fixtures.CLIENT_ID)
                .signingKey(Fixtures.KEY)
                .header("x-client-key", World.CLIENT_KEY)
                .apiOrigin("https://api.example.com")
                .httpClient(base)
                .build()) {
            OkHttpClient api =
                    OAuthInterceptor.of(tokens).applyTo(base.newBuilder()).build();
            Request request =
                    new Request.Builder().url("https://api.example.com/v1").build();
            try (Response response = api.newCall(request).execute()) {
                assertThat(response.code()).isEqualTo(200);
            }
        }
        base.connectionPool().evictAll();

        assertTunnelTo("auth.example.com:443");
        assertThat(proxy.takeRequest().getBody().utf8()).contains("client_assertion=");
        assertTunnelTo("api.example.com:443");
        Headers call = proxy.takeRequest().getHeaders();
        assertThat(call.get("Authorization")).isEqualTo("Bearer the-token");
        assertThat(call.get("x-client-key")).isEqualTo(World.CLIENT_KEY);
    }

    private void assertTunnelTo(String address) throws InterruptedException {
        RecordedRequest seen = proxy.takeRequest();
        assertThat(seen.getRequestLine()).isEqualTo("CONNECT " + address + " HTTP/1.1");
        assertThat(seen.getHeaders().names())
                .containsExactlyInAnyOrderElementsOf(List.of("Host", "Proxy-Connection", "User-Agent"));
        assertThat(seen.getBodySize()).isZero();
    }

    private void answer(String body) {
        proxy.enqueue(new MockResponse.Builder().inTunnel().build());
        proxy.enqueue(new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build());
    }
}
