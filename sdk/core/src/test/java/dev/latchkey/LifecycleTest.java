package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.token.AccessToken;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a manager starts, and what it leaves behind. */
@Timeout(60)
class LifecycleTest {
    private final FakeAuthorizationServer server = FakeAuthorizationServer.start();

    @BeforeEach
    void register() {
        Fixtures.register(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static List<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("latchkey"))
                .toList();
    }

    @Test
    void build_startsNoThread() {
        try (TokenManager tokens = Fixtures.manager(server).build()) {
            assertThat(ours()).isEmpty();
            assertThat(tokens).isNotNull();
        }
    }

    @Test
    void openAndClose_twoHundredTimes_leavesNoThreadAndNoConnection() throws Exception {
        List<Thread> seen = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            try (TokenManager tokens = Fixtures.manager(server).build()) {
                tokens.token();
                seen.addAll(ours());
            }
        }
        assertThat(seen).isNotEmpty().allMatch(Thread::isDaemon);
        for (Thread thread : ours()) {
            thread.join(5_000);
        }
        assertThat(ours()).isEmpty();
        assertThat(server.tokenRequestCount()).isEqualTo(200);
    }

    @Test
    void idleManager_leavesNoThreadEvenWithoutClose() throws Exception {
        TokenManager tokens = Fixtures.manager(server).build();
        tokens.token();
        for (Thread thread : ours()) {
            thread.join(10_000);
        }
        assertThat(ours()).isEmpty();
        assertThat(tokens.token()).isNotNull();
        tokens.close();
    }

    @Test
    void close_clientOfTheUser_goesOnWorking() throws Exception {
        OkHttpClient users = new OkHttpClient();
        TokenManager tokens = Fixtures.manager(server).httpClient(users).build();
        tokens.token();
        tokens.close();

        assertThat(users.dispatcher().executorService().isShutdown()).isFalse();
        assertThat(users.connectionPool().connectionCount()).isEqualTo(1);
        Request request = new Request.Builder().url(server.issuer()).build();
        try (Response response = users.newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(404);
        }
        assertThat(World.enqueued(users.newCall(request)).get(5, TimeUnit.SECONDS))
                .isEqualTo(404);
        users.dispatcher().executorService().shutdown();
        users.connectionPool().evictAll();
    }

    @Test
    void close_callOfTheUserUnderWay_isLeftAlone() throws Exception {
        OkHttpClient users = new OkHttpClient();
        server.hold();
        Request request = new Request.Builder()
                .url(server.tokenEndpoint())
                .post(RequestBody.create("", null))
                .build();
        CompletableFuture<Integer> call = World.enqueued(users.newCall(request));
        server.awaitRequests(1);
        Fixtures.manager(server).httpClient(users).build().close();
        server.release();

        assertThat(call.get(5, TimeUnit.SECONDS)).isEqualTo(400);
        users.dispatcher().executorService().shutdown();
    }

    @Test
    void close_executorOfTheUser_isNotShutDown() throws Exception {
        ExecutorService users = Executors.newSingleThreadExecutor();
        try {
            TokenManager tokens = Fixtures.manager(server).executor(users).build();
            tokens.token();
            tokens.close();

            assertThat(users.isShutdown()).isFalse();
            assertThat(users.submit(() -> 1).get(5, TimeUnit.SECONDS)).isEqualTo(1);
        } finally {
            users.shutdown();
        }
    }

    @Test
    void token_executorOfTheUserTakesNoMore_isToldAtOnce() {
        ThreadPoolExecutor users = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        users.shutdown();
        try (TokenManager tokens = Fixtures.manager(server).executor(users).build()) {
            CompletableFuture<AccessToken> token = tokens.tokenAsync();
            assertThat(token)
                    .failsWithin(Duration.ofSeconds(1))
                    .withThrowableThat()
                    .withMessageContaining("executor")
                    .havingCause()
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void close_requestUnderWay_endsItOnTheWire() {
        // F-39: the callers are woken and the connection is let go.
        OkHttpClient users = new OkHttpClient();
        server.hold();
        TokenManager tokens = Fixtures.manager(server).httpClient(users).build();
        CompletableFuture<AccessToken> waiting = tokens.tokenAsync();
        server.awaitRequests(1);
        long start = System.nanoTime();
        tokens.close();

        assertThat(waiting).failsWithin(Duration.ofSeconds(1));
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(1));
        server.release();
    }

    @Test
    void jvm_withoutClose_exitsWhenMainReturns() throws Exception {
        // F-41: within 2 s of the end of main, with a token request and a refresh behind it still under way.
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WithoutClose.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed;
        try (var output = process.inputReader()) {
            StringBuilder text = new StringBuilder();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                text.append(line).append('\n');
            }
            printed = text.toString();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        long exited = System.currentTimeMillis();

        assertThat(process.exitValue()).as(printed).isZero();
        String end = printed.lines()
                .filter(line -> line.startsWith("END "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(printed));
        assertThat(exited - Long.parseLong(end.substring(4))).isLessThan(2_000);
    }
}
