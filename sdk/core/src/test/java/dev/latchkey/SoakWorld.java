package dev.latchkey;

import dev.latchkey.clientauth.ClientSecretPost;
import dev.latchkey.event.EventListener;
import dev.latchkey.event.TokenEvent;
import dev.latchkey.event.TokenRequestSent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * An authorization server and an API that remember nothing, both with faults now and then, and a client with several threads
 * and tokens. Time passes between rounds of calls, so that none is under way for longer than a token may live: 10 s each, of 300 s that
 * a token has.
 */
final class SoakWorld implements AutoCloseable, EventListener {
    private static final int THREADS = 8;
    private static final int SCOPES = 10;
    private static final int CALLS_A_ROUND = 100;
    private static final long NANOS_A_ROUND = Duration.ofSeconds(10).toNanos();
    private static final long LIFE_SECONDS = 300;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String CUT = "{\"text\":\"" + "x".repeat(2_000) + "\"}";

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger untyped = new AtomicInteger();
    private final AtomicInteger posts = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger deadTokens = new AtomicInteger();
    private final MockWebServer auth = new MockWebServer();
    private final MockWebServer api = new MockWebServer();
    private final OkHttpClient http = new OkHttpClient();
    private final TokenManager tokens;
    private final OkHttpClient client;
    private long began;

    /** What was counted since the start. */
    record Figures(
            int calls,
            int faults,
            int failed,
            int untyped,
            int tokenRequests,
            int hiddenPosts,
            int deadTokens,
            long seconds) {}

    SoakWorld() throws IOException {
        auth.setDispatcher(answering(auth, this::token));
        api.setDispatcher(answering(api, this::answer));
        for (MockWebServer server : List.of(auth, api)) {
            server.setServerSocketFactory(new PromptSockets());
            server.start();
        }
        InstantSource clock = () -> START.plusNanos(nanos.get());
        TokenManager.Builder builder = TokenManager.builder(auth.url("/token").toString())
                .clientId("c")
                .clientAuthentication(ClientSecretPost.of("soak-secret"))
                .apiOrigin(api.url("/").toString())
                .header("x-client-key", World.CLIENT_KEY)
                .httpClient(http)
                .clock(clock)
                .ticker(nanos::get)
                .eventListener(this);
        builder.settings.random = () -> 0;
        tokens = builder.build();
        client = OAuthInterceptor.of(tokens).applyTo(http.newBuilder()).build();
    }

    private interface Answering {
        MockResponse to(RecordedRequest request);
    }

    /** The server keeps each request until somebody takes it. */
    private static Dispatcher answering(MockWebServer server, Answering answering) {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                var unused = server.takeRequest(0, TimeUnit.SECONDS);
                return answering.to(request);
            }
        };
    }

    private MockResponse token(RecordedRequest request) {
        posts.incrementAndGet();
        if (ThreadLocalRandom.current().nextInt(20) == 0) {
            faults.incrementAndGet();
            return switch (ThreadLocalRandom.current().nextInt(3)) {
                case 0 -> new MockResponse.Builder().code(503).build();
                case 1 -> dropped();
                default -> new MockResponse.Builder().body("<html>busy</html>").build();
            };
        }
        long end = nanos.get() + TimeUnit.SECONDS.toNanos(LIFE_SECONDS);
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body("{\"access_token\":\"t" + end + "\",\"token_type\":\"Bearer\",\"expires_in\":" + LIFE_SECONDS
                        + "}")
                .build();
    }

    private MockResponse answer(RecordedRequest request) {
        String header = request.getHeaders().get("Authorization");
        if (header == null || Long.parseLong(header.substring("Bearer t".length())) - nanos.get() < 0) {
            deadTokens.incrementAndGet();
        }
        if (ThreadLocalRandom.current().nextInt(100) != 0 || "/there".equals(request.getTarget())) {
            return new MockResponse.Builder().body("{\"ok\":true}").build();
        }
        faults.incrementAndGet();
        return fault(ThreadLocalRandom.current().nextInt(8));
    }

    private static MockResponse dropped() {
        return new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
    }

    private static MockResponse fault(int kind) {
        MockResponse.Builder answer = new MockResponse.Builder();
        return switch (kind) {
            case 0 ->
                answer.code(401)
                        .setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                        .build();
            case 1 -> answer.code(500).body(CUT).build();
            case 2 -> answer.code(503).setHeader("Retry-After", "0").build();
            case 3 -> answer.code(429).setHeader("Retry-After", "1").build();
            case 4 -> dropped();
            case 5 ->
                answer.body(CUT).onResponseBody(new SocketEffect.CloseSocket()).build();
            case 6 -> answer.code(302).setHeader("Location", "/there").build();
            default -> answer.code(403).body("<html>" + CUT + "</html>").build();
        };
    }

    @Override
    public void onEvent(TokenEvent event) {
        if (event instanceof TokenRequestSent) {
            attempts.incrementAndGet();
        }
    }

    void start() {
        List.of(made, faults, failed, untyped, posts, attempts, deadTokens).forEach(count -> count.set(0));
        began = System.nanoTime();
    }

    void calls(int count) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < count / CALLS_A_ROUND; round++) {
                AtomicInteger left = new AtomicInteger(CALLS_A_ROUND);
                for (Future<?> share : threads.invokeAll(Collections.nCopies(THREADS, () -> share(left)))) {
                    share.get();
                }
                nanos.addAndGet(NANOS_A_ROUND);
            }
        } finally {
            threads.shutdown();
            threads.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    private Void share(AtomicInteger left) {
        for (int i = left.decrementAndGet(); i >= 0; i = left.decrementAndGet()) {
            TokenSource source = i % 3 == 0 ? tokens : tokens.scope("s" + i % SCOPES);
            Request request = new Request.Builder()
                    .url(api.url("/orders"))
                    .tag(TokenSource.class, source)
                    .build();
            made.incrementAndGet();
            call(client.newCall(request), ThreadLocalRandom.current().nextInt(500) == 0);
        }
        return null;
    }

    private void call(Call call, boolean cancelled) {
        if (cancelled) {
            faults.incrementAndGet();
            call.cancel();
        }
        try (Response response = call.execute()) {
            response.body().bytes();
        } catch (IOException expected) {
            failed.incrementAndGet();
        } catch (RuntimeException e) {
            untyped.incrementAndGet();
        }
    }

    /** Closes what is idle, so that what is left over is what leaked. */
    void letGo() {
        http.connectionPool().evictAll();
    }

    Figures figures() {
        return new Figures(
                made.get(),
                faults.get(),
                failed.get(),
                untyped.get(),
                posts.get(),
                posts.get() - attempts.get(),
                deadTokens.get(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
    }

    @Override
    public void close() {
        tokens.close();
        http.connectionPool().evictAll();
        api.close();
        auth.close();
    }
}
