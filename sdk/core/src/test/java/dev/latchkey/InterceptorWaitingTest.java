package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.OAuthException;
import dev.latchkey.error.TransportException;
import dev.latchkey.testing.Answer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that wait for a token: each ends by its own rules, and none harms another. */
@Timeout(20)
class InterceptorWaitingTest {

    private static long millisUntil(CompletableFuture<?> done, long startNanos) {
        long end = done.handle((value, error) -> System.nanoTime()).join();
        assertThat(done).isCompletedExceptionally();
        return TimeUnit.NANOSECONDS.toMillis(end - startNanos);
    }

    @Test
    void cancel_whileWaiting_endsThatCallAtOnceAndNoOther() throws Exception {
        // F-32: within 100 ms.
        try (World world = new World()) {
            world.server.hold();
            Call first = world.call("/1");
            CompletableFuture<Integer> cancelled = World.enqueued(first);
            CompletableFuture<Integer> other = World.enqueued(world.call("/2"));
            world.server.awaitRequests(1);

            long start = System.nanoTime();
            first.cancel();
            assertThat(millisUntil(cancelled, start)).isLessThan(100);
            assertThatThrownBy(cancelled::get)
                    .hasCauseInstanceOf(IOException.class)
                    .hasMessageContaining("Canceled");
            assertThat(other).isNotDone();
            world.server.release();

            assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo(200);
            assertThat(world.server.tokenRequestCount()).isEqualTo(1);
            assertThat(world.api.requestCount()).isEqualTo(1);
        }
    }

    @Test
    void call_whileAStepOnAnothersTokenTakesItsTime_isNotHeldUp() throws Exception {
        try (World world = new World()) {
            world.server.hold();
            CompletableFuture<Integer> call = World.enqueued(world.call("/"));
            world.server.awaitRequests(1);
            CompletableFuture<Integer> step = world.tokens
                    .tokenAsync()
                    .thenApply(token -> call.orTimeout(5, TimeUnit.SECONDS).join());
            world.server.release();

            assertThat(step.get(10, TimeUnit.SECONDS)).isEqualTo(200);
        }
    }

    @Test
    void cancel_everyWaiter_refreshGoesOnForThoseToCome() throws Exception {
        try (World world = new World()) {
            world.server.hold();
            List<Call> calls = new ArrayList<>();
            List<CompletableFuture<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Call call = world.call("/" + i);
                calls.add(call);
                results.add(World.enqueued(call));
            }
            world.server.awaitRequests(1);
            calls.forEach(Call::cancel);
            for (CompletableFuture<Integer> result : results) {
                assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
            }
            world.server.release();

            assertThat(world.status("/later")).isEqualTo(200);
            assertThat(world.server.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void cancel_beforeTheCallStarts_nothingIsSent() {
        try (World world = new World()) {
            world.server.hold();
            Call call = world.call("/");
            call.cancel();

            assertThatThrownBy(call::execute).isInstanceOf(IOException.class).hasMessageContaining("Canceled");
            assertThat(world.api.requestCount()).isZero();
        }
    }

    @Test
    void cancel_whileWaitingForTheReplacement_endsThatCall() throws Exception {
        try (World world = new World()) {
            world.tokens.token();
            world.server.revokeAll();
            world.server.hold();
            Call call = world.call("/");
            CompletableFuture<Integer> result = World.enqueued(call);
            world.server.awaitRequests(2);
            call.cancel();

            assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS)).hasMessageContaining("Canceled");
            world.assertNoConnectionInUse();
        }
    }

    @Test
    void callTimeout_shorterThanTheTokenRequest_endsTheCallInTime() throws Exception {
        // F-07, F-03: the waiter keeps its own deadline.
        try (World world = new World(m -> m, http -> http.callTimeout(Duration.ofMillis(300)))) {
            world.server.hold();
            long start = System.nanoTime();
            CompletableFuture<Integer> late = World.enqueued(world.call("/"));

            assertThat(millisUntil(late, start)).isBetween(290L, 800L);
            assertThatThrownBy(late::get).hasCauseInstanceOf(InterruptedIOException.class);
            world.server.release();
            assertThat(world.tokens.token()).isNotNull();
            assertThat(world.server.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void dispatcher_withOneThread_doesNotStarveTheTokenRequest() throws Exception {
        Dispatcher narrow = new Dispatcher();
        narrow.setMaxRequests(1);
        narrow.setMaxRequestsPerHost(1);
        OkHttpClient shared = new OkHttpClient.Builder().dispatcher(narrow).build();
        try (World world = new World(m -> m.httpClient(shared), http -> http.dispatcher(narrow))) {
            List<CompletableFuture<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                calls.add(World.enqueued(world.call("/" + i)));
            }
            for (CompletableFuture<Integer> call : calls) {
                assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo(200);
            }
        }
    }

    @Test
    void interrupt_whileWaiting_endsThatCallTypedAndKeepsTheFlag() throws Exception {
        // F-03, F-31
        try (World world = new World()) {
            world.server.hold();
            var flag = new CompletableFuture<Boolean>();
            Thread caller = new Thread(() -> {
                try {
                    world.status("/");
                    flag.complete(false);
                } catch (TransportException e) {
                    flag.complete(Thread.currentThread().isInterrupted());
                } catch (IOException e) {
                    flag.completeExceptionally(e);
                }
            });
            caller.start();
            world.server.awaitRequests(1);
            caller.interrupt();

            assertThat(flag.get(5, TimeUnit.SECONDS)).isTrue();
            world.server.release();
            assertThat(world.status("/2")).isEqualTo(200);
            assertThat(world.server.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void token_requestTimeout_endsInTimeAndSaysSo() {
        // F-07: within the setting and half a second.
        try (World world =
                new World(m -> m.requestTimeout(Duration.ofMillis(300)).retries(0), http -> http)) {
            world.server.always(Answer.hang());
            long start = System.nanoTime();

            assertThatThrownBy(() -> world.status("/")).isInstanceOfSatisfying(TransportException.class, e -> {
                assertThat(e.requestSent()).isTrue();
                assertThat(e.isRetryable()).isTrue();
                assertThat(e.remedy()).contains("requestTimeout");
            });
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(290L, 800L);
        }
    }

    @Test
    void token_dribbledAnswer_endsInTime() {
        // F-08, V-12: one byte each 50 ms never lets a read time out.
        try (World world =
                new World(m -> m.requestTimeout(Duration.ofMillis(300)).retries(0), http -> http)) {
            world.server.always(Answer.dribble(1, Duration.ofMillis(50)));
            long start = System.nanoTime();

            assertThatThrownBy(world.tokens::token).isInstanceOf(OAuthException.class);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(290L, 800L);
        }
    }
}
