package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.FakeAuthorizationServer;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F-17 over TLS: a redirect from https to http, or to another certificate's host, takes nothing along. */
@Timeout(20)
class OriginOverTlsTest {
    private final HeldCertificate held = new HeldCertificate.Builder()
            .addSubjectAlternativeName("localhost")
            .addSubjectAlternativeName("127.0.0.1")
            .build();
    private final HandshakeCertificates certificates = new HandshakeCertificates.Builder()
            .heldCertificate(held)
            .addTrustedCertificate(held.certificate())
            .build();
    private final FakeAuthorizationServer server = FakeAuthorizationServer.start();
    private final MockWebServer api = new MockWebServer();
    private final MockWebServer clear = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        Fixtures.register(server);
        api.useHttps(certificates.sslSocketFactory());
        api.start();
        clear.start();
    }

    @AfterEach
    void stop() {
        api.close();
        clear.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirect_fromHttpsToHttp_takesNothingAlong(int status) throws Exception {
        api.enqueue(redirect(status, clear.url("/clear").toString()));
        clear.enqueue(new MockResponse.Builder().code(204).build());

        assertThat(callTheApi()).isEqualTo(204);
        assertHasOurs(api.takeRequest());
        assertHasNothingOfOurs(clear.takeRequest());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirect_toHttpAndBack_takesNothingThere(int status) throws Exception {
        api.enqueue(redirect(status, clear.url("/clear").toString()));
        clear.enqueue(redirect(status, api.url("/again").toString()));
        api.enqueue(new MockResponse.Builder().code(204).build());

        assertThat(callTheApi()).isEqualTo(204);
        assertHasOurs(api.takeRequest());
        assertHasNothingOfOurs(clear.takeRequest());
        assertHasOurs(api.takeRequest());
    }

    private int callTheApi() throws Exception {
        OkHttpClient http = new OkHttpClient.Builder()
                .sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager())
                .build();
        try (TokenManager tokens = Fixtures.manager(server)
                .apiOrigin(api.url("/").toString())
                .header("x-client-key", World.CLIENT_KEY)
                .build()) {
            OkHttpClient client =
                    OAuthInterceptor.of(tokens).applyTo(http.newBuilder()).build();
            Request request = new Request.Builder().url(api.url("/start")).build();
            try (Response response = client.newCall(request).execute()) {
                return response.code();
            } finally {
                client.connectionPool().evictAll();
            }
        }
    }

    private static MockResponse redirect(int status, String target) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Location", target)
                .build();
    }

    private static void assertHasOurs(RecordedRequest request) {
        assertThat(request.getHeaders().values("Authorization"))
                .singleElement()
                .asString()
                .startsWith("Bearer at_");
        assertThat(request.getHeaders().values("x-client-key")).isEqualTo(List.of(World.CLIENT_KEY));
    }

    private static void assertHasNothingOfOurs(RecordedRequest request) {
        assertThat(request.getHeaders().get("Authorization")).isNull();
        assertThat(request.getHeaders().get("x-client-key")).isNull();
    }
}
