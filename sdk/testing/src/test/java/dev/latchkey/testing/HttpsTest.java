package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scripts behave over TLS as they do in the clear. */
@Timeout(30)
class HttpsTest {

    private static final HeldCertificate CERTIFICATE =
            new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    private static final HandshakeCertificates SERVER_SIDE =
            new HandshakeCertificates.Builder().heldCertificate(CERTIFICATE).build();
    private static final HandshakeCertificates CLIENT_SIDE = new HandshakeCertificates.Builder()
            .addTrustedCertificate(CERTIFICATE.certificate())
            .build();

    private static final OkHttpClient CLIENT = new OkHttpClient.Builder()
            .sslSocketFactory(CLIENT_SIDE.sslSocketFactory(), CLIENT_SIDE.trustManager())
            .retryOnConnectionFailure(false)
            .build();

    private final FakeAuthorizationServer server = FakeAuthorizationServer.builder()
            .https(SERVER_SIDE.sslSocketFactory())
            .start();

    @AfterEach
    void close() {
        server.close();
    }

    private TokenCall.Result fetch() throws IOException {
        server.register(FakeClient.clientSecretPost("c", "s"));
        return TokenCall.clientCredentials(server).post("c", "s").send(CLIENT);
    }

    @Test
    void https_issuer_namesTheHostOfTheCertificate() {
        assertThat(server.issuer()).isEqualTo("https://localhost:" + server.port());
    }

    @Test
    void https_clientThatPrefersHttp2_isAnsweredInHttp1() throws IOException {
        Request request = new Request.Builder().url(server.tokenEndpoint()).build();

        try (Response response = CLIENT.newCall(request).execute()) {
            assertThat(response.protocol()).isEqualTo(Protocol.HTTP_1_1);
        }
    }

    @Test
    void scripts_overTls_behaveAsInTheClear() throws IOException {
        server.next(Answer.normal());
        server.next(Answer.disconnectAfterRequest());
        server.next(Answer.truncated());
        server.next(Answer.keepAliveThenClose());

        assertThat(server.isActive(fetch().accessToken())).isTrue();
        assertThatThrownBy(() -> fetch()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> fetch()).isInstanceOf(IOException.class);
        assertThat(fetch().status()).isEqualTo(200);
        assertThatThrownBy(() -> fetch()).isInstanceOf(IOException.class);
        assertThat(fetch().status()).isEqualTo(200);
        assertThat(server.tokenRequests())
                .extracting(RecordedTokenRequest::status)
                .containsExactly(200, 0, 200, 200, 0, 200);
    }
}
