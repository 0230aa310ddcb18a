package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.provider.Provider;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.token.RefreshToken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two hundred threads ask for the tokens of twenty at once, through one store and one HTTP client, and nobody gets another's. The
 * server writes into each token whom and what it was asked for, the API answers with the token that it was shown.
 */
@Timeout(60)
class KeptApartTest {
    private static final int KEYS = 20;
    private static final int THREADS = 200;

    private final FakeTime time = new FakeTime();
    private final MemoryTokenStore store = MemoryTokenStore.create();
    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger tokenRequests = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return request.getUrl().encodedPath().equals("/token")
                        ? token(request)
                        : answer(String.valueOf(request.getHeaders().get("Authorization")));
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        server.close();
    }

    private MockResponse token(RecordedRequest request) {
        HttpUrl form = HttpUrl.get("http://form.example/?" + request.getBody().utf8());
        String spent = form.queryParameter("refresh_token");
        String who = spent == null ? form.queryParameter("resource") + form.queryParameter("scope") : spent;
        int number = tokenRequests.incrementAndGet();
        return answer("{\"access_token\":\"" + who.replaceAll("[^a-z0-9]", "") + "." + number
                + "\",\"token_type\":\"Bearer\",\"expires_in\":300}");
    }

    private static MockResponse answer(String body) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    private TokenManager manager(String resource) {
        return TokenManager.builder(Provider.builder(server.url("/token").toString())
                        .tokenParameter("resource", resource)
                        .build())
                .clientId(Fixtures.CLIENT_ID)
                .signingKey(Fixtures.KEY)
                .scope("all")
                .clock(time)
                .ticker(time)
                .store(store)
                .build();
    }

    /** Every source is asked by ten threads, and each must see a token of that source and no other. */
    private void askAll(IntFunction<TokenSource> sources, IntFunction<String> owner) throws Exception {
        List<Future<String>> seen = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            TokenSource source = sources.apply(i % KEYS);
            seen.add(threads.submit(() -> source.token().value()));
        }
        for (int i = 0; i < THREADS; i++) {
            assertThat(seen.get(i).get(30, TimeUnit.SECONDS)).startsWith(owner.apply(i % KEYS) + ".");
        }
    }

    @Test
    void token_twentyResources_eachGetsItsOwnWithOneRequest() throws Exception {
        // R-54, V-20, V-22
        List<TokenManager> managers = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            managers.add(manager("https://r" + i + ".example"));
        }
        askAll(managers::get, i -> "httpsr" + i + "exampleall");
        managers.forEach(TokenManager::close);

        assertThat(tokenRequests).hasValue(KEYS);
    }

    @Test
    void token_twentyScopes_eachGetsItsOwnWithOneRequest() throws Exception {
        //
        try (TokenManager tokens = manager("r")) {
            askAll(i -> tokens.scope("s" + i), i -> "rs" + i);
        }
        assertThat(tokenRequests).hasValue(KEYS);
    }

    @Test
    void token_twentyUsers_eachGetsItsOwnWithOneRequest() throws Exception {
        // V-21
        try (TokenManager tokens = manager("r")) {
            for (int i = 0; i < KEYS; i++) {
                tokens.adopt("user-" + i, RefreshToken.of("u" + i));
            }
            askAll(i -> tokens.user("user-" + i), i -> "u" + i);
        }
        assertThat(tokenRequests).hasValue(KEYS);
    }

    @Test
    void call_twentyUsersOfOneHttpClient_eachCallBearsItsOwnAndTheNewestToken() throws Exception {
        // V-23
        OkHttpClient.Builder http = new OkHttpClient.Builder();
        http.dispatcher(new okhttp3.Dispatcher(threads));
        try (TokenManager tokens = manager("r")) {
            for (int i = 0; i < KEYS; i++) {
                tokens.adopt("user-" + i, RefreshToken.of("u" + i));
            }
            OkHttpClient api = OAuthInterceptor.of(tokens).applyTo(http).build();
            IntFunction<TokenSource> users = i -> tokens.user("user-" + i);
            List<String> first = callAll(api, users);
            time.advance(Duration.ofMinutes(5));

            assertThat(callAll(api, users)).hasSize(THREADS).doesNotContainAnyElementsOf(first);
            api.connectionPool().evictAll();
        }
        assertThat(tokenRequests).hasValue(2 * KEYS);
    }

    private List<String> callAll(OkHttpClient api, IntFunction<TokenSource> users) throws Exception {
        List<Future<String>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Request request = new Request.Builder()
                    .url(server.url("/api"))
                    .tag(TokenSource.class, users.apply(i % KEYS))
                    .build();
            calls.add(threads.submit(() -> {
                try (Response response = api.newCall(request).execute()) {
                    return response.body().string();
                }
            }));
        }
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String bearer = calls.get(i).get(30, TimeUnit.SECONDS);
            assertThat(bearer).startsWith("Bearer u" + i % KEYS + ".");
            shown.add(bearer);
        }
        return shown;
    }
}
