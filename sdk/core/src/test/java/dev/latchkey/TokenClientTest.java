package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.OAuthException;
import dev.latchkey.testing.Answer;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.RecordedTokenRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Cache;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a token request takes from the user's client, and what it must not. */
@Timeout(20)
class TokenClientTest {
    @TempDir
    Path folder;

    private final FakeAuthorizationServer server = FakeAuthorizationServer.start();
    private final List<String> touched = new CopyOnWriteArrayList<>();

    @BeforeEach
    void register() {
        Fixtures.register(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private final Interceptor interceptor = chain -> {
        touched.add("interceptor");
        return chain.proceed(chain.request());
    };

    private final CookieJar jar = new CookieJar() {
        @Override
        public List<Cookie> loadForRequest(HttpUrl url) {
            touched.add("cookies read");
            return List.of(new Cookie.Builder()
                    .name("sid")
                    .value("s-1")
                    .domain(url.host())
                    .build());
        }

        @Override
        public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
            touched.add("cookies kept");
        }
    };

    @Test
    void token_clientWithEverything_noInterceptorCookieCacheOrAuthenticatorIsUsed() throws Exception {
        // V-04
        try (Cache cache = new Cache(folder.toFile(), 10_000_000)) {
            OkHttpClient base = new OkHttpClient.Builder()
                    .addInterceptor(interceptor)
                    .addNetworkInterceptor(interceptor)
                    .cookieJar(jar)
                    .cache(cache)
                    .authenticator((route, response) -> {
                        touched.add("authenticator");
                        return null;
                    })
                    .build();
            server.next(
                    Answer.normal().header("Set-Cookie", "sid=s-2").header("Cache-Control", "public, max-age=3600"));
            try (TokenManager tokens =
                    Fixtures.manager(server).httpClient(base).retries(0).build()) {
                tokens.reject(tokens.token());
                server.next(Answer.status(401).header("WWW-Authenticate", "Basic realm=\"r\""));
                assertThatThrownBy(tokens::token).isInstanceOf(OAuthException.class);
            }
            cache.flush();

            assertThat(touched).isEmpty();
            assertThat(cache.requestCount()).isZero();
            assertThat(server.tokenRequests()).hasSize(2).allSatisfy(request -> {
                assertThat(request.header("Cookie")).isEmpty();
                assertThat(request.header("Accept-Encoding")).contains("identity");
                assertThat(request.header("Accept")).contains("application/json");
            });
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(file -> file.toString().endsWith(".1"))).isEmpty();
            }
            base.connectionPool().evictAll();
        }
    }

    @Test
    void token_requestItself_isWhatTheSpecificationWants() throws Exception {
        // V-38: everything in the body, nothing in the URL, one authentication.
        try (TokenManager tokens = Fixtures.manager(server).scope("a b").build()) {
            tokens.token();
        }

        RecordedTokenRequest request = server.tokenRequests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.header("Content-Type")).contains("application/x-www-form-urlencoded");
        assertThat(request.header("Authorization")).isEmpty();
        assertThat(request.parameter("scope")).contains("a b");
        assertThat(request.parameter("client_secret")).isEmpty();
        assertThat(server.violations()).isEmpty();
    }

    @Test
    void token_proxyOfTheClient_isHonoured() throws Exception {
        try (MockWebServer proxy = new MockWebServer()) {
            proxy.start();
            proxy.enqueue(new MockResponse.Builder()
                    .setHeader("Content-Type", "application/json")
                    .body("{\"access_token\":\"by-proxy\",\"token_type\":\"Bearer\",\"expires_in\":60}")
                    .build());
            OkHttpClient base = new OkHttpClient.Builder()
                    .proxy(new Proxy(
                            Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.getPort())))
                    .build();
            try (TokenManager tokens = Fixtures.manager(server).httpClient(base).build()) {
                assertThat(tokens.token().value()).isEqualTo("by-proxy");
            }

            RecordedRequest seen = proxy.takeRequest(5, TimeUnit.SECONDS);
            assertThat(seen.getRequestLine()).startsWith("POST " + server.tokenEndpoint());
            assertThat(server.tokenRequestCount()).isZero();
        }
    }

    @Test
    void token_dispatcherOfTheClientIsFull_requestRunsAllTheSame() throws Exception {
        OkHttpClient base = new OkHttpClient();
        base.dispatcher().executorService().shutdown();
        try (TokenManager tokens = Fixtures.manager(server).httpClient(base).build()) {
            assertThat(tokens.token()).isNotNull();
        }
    }
}
