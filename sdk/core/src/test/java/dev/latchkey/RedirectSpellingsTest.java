package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.OAuthException;
import dev.latchkey.testing.FakeAuthorizationServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * F-17, V-01, V-36: an API that redirects to every place that might be taken for itself. All names lead to the same
 * servers here, which have certificates for all of them, so that only the SDK keeps a credential back.
 */
@Timeout(60)
class RedirectSpellingsTest {
    private static final HeldCertificate HELD = new HeldCertificate.Builder()
            .addSubjectAlternativeName("example.com")
            .addSubjectAlternativeName("*.example.com")
            .addSubjectAlternativeName("*.api.example.com")
            .addSubjectAlternativeName("evil.com")
            .addSubjectAlternativeName("api.example.com.evil.com")
            .addSubjectAlternativeName("api-example.com")
            .addSubjectAlternativeName("localhost")
            .addSubjectAlternativeName("127.0.0.1")
            .build();
    private static final HandshakeCertificates TLS = new HandshakeCertificates.Builder()
            .heldCertificate(HELD)
            .addTrustedCertificate(HELD.certificate())
            .build();

    /** P is the port of the API, Q that of another server with TLS, C that of one without. */
    private static final List<String> TARGETS = List.of(
            "https://api.example.com:P/in",
            "HTTPS://API.EXAMPLE.COM:P/in",
            "https://api%2Eexample.com:P/in",
            "https://ａｐｉ.example.com:P/in",
            "https://api。example．com:P/in",
            "https://user:pw@api.example.com:P/in",
            "https://evil.com@api.example.com:P/in",
            "https://api.example.com:P\\@evil.com/",
            "https:api.example.com:P/in",
            "https:\\\\api.example.com:P\\in",
            "//api.example.com:P/in",
            "/in",
            "in",
            "?in",
            "#in",
            "https://api.example.com:Q/out",
            "https://api.example.com/out",
            "http://api.example.com:P/out",
            "http://api.example.com:C/out",
            "//api.example.com:Q/out",
            "https://api.example.com.:P/out",
            "https://example.com:P/out",
            "https://x.api.example.com:P/out",
            "https://api.example.com.evil.com:P/out",
            "https://evil.com:P/api.example.com",
            "https://evil.com:P#api.example.com",
            "https://evil.com:P?https://api.example.com",
            "https://api.example.com@evil.com:P/out",
            "https://api.example.com:P@evil.com:P/out",
            "https://api.example.com%40evil.com:P/out",
            "https://evil.com:P\\@api.example.com/",
            "https://evil.com:P\\.api.example.com/",
            "//evil.com:P/out",
            "\\\\evil.com:P/out",
            "/\\evil.com:P/out",
            "https:/evil.com:P/out",
            "https:evil.com:P/out",
            "https:////evil.com:P/out",
            "https://api-example.com:P/out",
            "https://localhost:P/out",
            "https://127.0.0.1:P/out",
            "http://127.0.0.1:C/out",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://",
            "");

    private final FakeAuthorizationServer server = FakeAuthorizationServer.start();
    private final MockWebServer api = new MockWebServer();
    private final MockWebServer other = new MockWebServer();
    private final MockWebServer clear = new MockWebServer();
    private final List<RecordedRequest> seen = new CopyOnWriteArrayList<>();
    private volatile MockResponse redirect =
            new MockResponse.Builder().code(204).build();
    private TokenManager tokens;
    private OkHttpClient client;

    @BeforeEach
    void start() throws Exception {
        Fixtures.register(server);
        for (MockWebServer host : List.of(api, other, clear)) {
            if (host != clear) {
                host.useHttps(TLS.sslSocketFactory());
                host.setProtocols(List.of(Protocol.HTTP_1_1));
            }
            host.setDispatcher(answering());
            host.start();
        }
        tokens = Fixtures.manager(server)
                .apiOrigin("https://api.example.com:" + api.getPort())
                .header("x-client-key", World.CLIENT_KEY)
                .build();
        OkHttpClient.Builder http = new OkHttpClient.Builder()
                .dns(host -> List.of(InetAddress.getLoopbackAddress()))
                .sslSocketFactory(TLS.sslSocketFactory(), TLS.trustManager());
        client = OAuthInterceptor.of(tokens).applyTo(http).build();
    }

    @AfterEach
    void stop() {
        tokens.close();
        client.connectionPool().evictAll();
        List.of(api, other, clear).forEach(MockWebServer::close);
        server.close();
    }

    private Dispatcher answering() {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                seen.add(request);
                return "/go".equals(request.getTarget())
                        ? redirect
                        : new MockResponse.Builder().code(204).build();
            }
        };
    }

    private void go(Request.Builder request) {
        HttpUrl start = HttpUrl.get("https://api.example.com:" + api.getPort() + "/go");
        try (Response response = client.newCall(request.url(start).build()).execute()) {
            assertThat(response.code()).isNotEqualTo(401);
        } catch (IOException refused) {
            assertThat(refused).isInstanceOf(IOException.class);
        }
    }

    /** Each request has all that is ours, or nothing, and all of it at the API alone. Gives how many had nothing. */
    private int assertOursOnlyAtTheApi(String what) {
        int foreign = 0;
        for (RecordedRequest request : seen) {
            HttpUrl url = request.getUrl();
            boolean api = url.isHttps() && url.host().equals("api.example.com") && url.port() == this.api.getPort();
            boolean token =
                    request.getHeaders().values("Authorization").stream().anyMatch(v -> v.contains("at_"));
            boolean key = request.getHeaders().toString().contains(World.CLIENT_KEY);
            assertThat(token).as(what + " at " + url).isEqualTo(key);
            assertThat(api || !token).as(what + " at " + url).isTrue();
            assertThat(token || !List.of("/go", "/in").contains(url.encodedPath()))
                    .as(what + " at " + url)
                    .isTrue();
            foreign += token ? 0 : 1;
        }
        seen.clear();
        return foreign;
    }

    private MockResponse redirecting(int status, String target) {
        return new MockResponse.Builder()
                .code(status)
                .addHeaderLenient("Location", at(target))
                .build();
    }

    private String at(String target) {
        return target.replace(":P", ":" + api.getPort())
                .replace(":Q", ":" + other.getPort())
                .replace(":C", ":" + clear.getPort());
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308})
    void redirect_everySpelling_credentialsStayAtTheOrigin(int status) {
        int foreign = 0;
        for (String target : TARGETS) {
            redirect = redirecting(status, target);
            go(new Request.Builder());
            foreign += assertOursOnlyAtTheApi("GET " + status + " to " + target);
            go(new Request.Builder().post(RequestBody.create("order", null)));
            foreign += assertOursOnlyAtTheApi("POST " + status + " to " + target);
        }
        // Not vacuous: strangers were asked, unless the status is none that is followed.
        assertThat(foreign).isGreaterThan(status == 304 ? -1 : 20);
    }

    @Test
    void redirect_strangerAnswersWithAnEndlessRetryAfter_typedAllTheSame() {
        redirect = redirecting(302, "https://evil.com:P/out");
        other.setDispatcher(answering());
        api.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return "/go".equals(request.getTarget())
                        ? redirect
                        : new MockResponse.Builder()
                                .code(503)
                                .setHeader("Retry-After", "999999999999")
                                .build();
            }
        });
        List<Throwable> failures = new ArrayList<>();
        HttpUrl start = HttpUrl.get("https://api.example.com:" + api.getPort() + "/go");
        try (Response response =
                client.newCall(new Request.Builder().url(start).build()).execute()) {
            throw new AssertionError("answered " + response.code());
        } catch (IOException | RuntimeException e) {
            failures.add(e);
        }
        assertThat(failures).singleElement().isInstanceOf(OAuthException.class);
    }
}
