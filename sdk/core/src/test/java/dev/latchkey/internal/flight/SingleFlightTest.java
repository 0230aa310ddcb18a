package dev.latchkey.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** F-01, F-03: one piece of work for all who ask while it runs. */
@Timeout(20)
class SingleFlightTest {
    private static final int THREADS = 64;

    private final SingleFlight<Integer> flight = new SingleFlight<>();
    private final AtomicInteger starts = new AtomicInteger();

    private Supplier<CompletionStage<Integer>> counting(CompletionStage<Integer> work) {
        return () -> {
            starts.incrementAndGet();
            return work;
        };
    }

    @Test
    void join_manyThreads_startOnce() throws Exception {
        var work = new CompletableFuture<Integer>();
        List<CompletableFuture<Integer>> results = inParallel(() -> flight.join(counting(work)));
        work.complete(7);

        for (CompletableFuture<Integer> result : results) {
            assertThat(result.get()).isEqualTo(7);
        }
        assertThat(starts).hasValue(1);
    }

    @Test
    void join_manyThreadsWhileFlightsLand_neverTwoAtOnceAndNobodyIsForgotten() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService workers = Executors.newFixedThreadPool(4);
        Supplier<CompletionStage<Integer>> start = () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            return CompletableFuture.supplyAsync(running::decrementAndGet, workers);
        };
        try {
            List<Integer> sums = inParallel(() -> {
                int sum = 0;
                for (int i = 0; i < 500; i++) {
                    sum += flight.join(start).get();
                }
                return sum;
            });
            assertThat(sums).hasSize(THREADS).containsOnly(0);
            assertThat(most).hasValue(1);
        } finally {
            workers.shutdown();
        }
    }

    @Test
    void shared_besideThoseWhoJoin_isOneFlightAndOneObject() throws Exception {
        var work = new CompletableFuture<Integer>();
        CompletableFuture<Integer> joined = flight.join(counting(work));
        CompletableFuture<Integer> shared = flight.shared(counting(work));

        assertThat(flight.shared(counting(work))).isSameAs(shared).isNotSameAs(joined);
        joined.cancel(true);
        work.complete(7);
        assertThat(shared.get()).isEqualTo(7);
        assertThat(flight.isUnderWay()).isFalse();
        assertThat(starts).hasValue(1);
    }

    @Test
    void join_stepThatTakesItsTime_holdsUpNobodyWhoWaits() throws Exception {
        var work = new CompletableFuture<Integer>();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> waiting =
                    threads.submit(() -> flight.shared(counting(work)).get());
            awaitThoseWhoWait(1, work);
            CompletableFuture<Integer> step = flight.join(counting(work)).thenApply(value -> told(waiting));
            work.complete(7);

            assertThat(step.get()).isEqualTo(7);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shared_manyThreads_runNoStepsOfThoseWhoJoined() throws Exception {
        var work = new CompletableFuture<Integer>();
        Set<Thread> stepping = ConcurrentHashMap.newKeySet();
        Thread completing = new Thread(() -> {
            awaitThoseWhoWait(THREADS, work);
            work.complete(7);
        });
        completing.setDaemon(true);
        completing.start();
        inParallel(() -> {
            var unused = flight.join(counting(work)).thenRun(() -> stepping.add(Thread.currentThread()));
            return flight.shared(counting(work)).get();
        });
        completing.join();

        assertThat(stepping).containsExactly(completing);
    }

    private void awaitThoseWhoWait(int number, CompletableFuture<Integer> work) {
        while (flight.shared(counting(work)).getNumberOfDependents() < number) {
            assertThat(work).isNotDone();
        }
    }

    private static int told(Future<Integer> waiting) {
        try {
            return waiting.get(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void shared_workFails_isToldWhatItFailedWith() {
        IOException failure = new IOException("no");
        var shared = flight.shared(counting(CompletableFuture.failedFuture(new CompletionException(failure))));

        assertThatThrownBy(shared::get).cause().isSameAs(failure);
    }

    @Test
    void join_cancelledOrCompletedByOneCaller_othersAreServed() {
        var work = new CompletableFuture<Integer>();
        CompletableFuture<Integer> first = flight.join(counting(work));
        CompletableFuture<Integer> second = flight.join(counting(work));
        CompletableFuture<Integer> third = flight.join(counting(work));
        first.cancel(true);
        second.complete(-1);
        work.complete(1);

        assertThatThrownBy(first::join).isInstanceOf(CancellationException.class);
        assertThat(third).isCompletedWithValue(1);
        assertThat(starts).hasValue(1);
    }

    @Test
    void join_afterLanding_startsAnew() {
        assertThat(flight.join(counting(CompletableFuture.completedFuture(1)))).isCompletedWithValue(1);
        assertThat(flight.join(counting(CompletableFuture.failedFuture(new IOException("x")))))
                .isCompletedExceptionally();
        flight.launch(counting(CompletableFuture.completedFuture(3)));

        assertThat(starts).hasValue(3);
    }

    @Test
    void join_fromACallbackOfTheSameFlight_startsAnew() {
        // The slot is free before anybody is woken.
        var work = new CompletableFuture<Integer>();
        CompletableFuture<Integer> next = flight.join(counting(work))
                .thenCompose(value -> flight.join(counting(CompletableFuture.completedFuture(value + 1))));
        work.complete(1);

        assertThat(next).isCompletedWithValue(2);
        assertThat(starts).hasValue(2);
    }

    @Test
    void join_startThrows_callersAreToldAndTheSlotIsFree() {
        var broken = new IllegalStateException("broken");
        CompletableFuture<Integer> result = flight.join(() -> {
            throw broken;
        });
        CompletableFuture<Integer> error = flight.join(() -> {
            throw new AssertionError("worse");
        });

        assertThat(errorOf(result)).isSameAs(broken);
        assertThat(errorOf(error)).isInstanceOf(AssertionError.class);
        assertThat(flight.join(counting(CompletableFuture.completedFuture(1)))).isCompletedWithValue(1);
    }

    @Test
    void join_failure_isTheErrorItself() {
        var cause = new IOException("cut");
        var work = new CompletableFuture<Integer>();
        CompletableFuture<Integer> result = flight.join(counting(work.thenApply(value -> value)));
        work.completeExceptionally(new CompletionException(cause));

        assertThat(errorOf(result)).isSameAs(cause);
    }

    @Test
    void abort_whileCallersWait_tellsThemAndDropsWhatLandsLater() {
        var work = new CompletableFuture<Integer>();
        CompletableFuture<Integer> waiting = flight.join(counting(work));
        var closed = new IOException("closed");
        flight.abort(closed);
        assertThat(errorOf(waiting)).isSameAs(closed);

        var other = new CompletableFuture<Integer>();
        CompletableFuture<Integer> next = flight.join(counting(other));
        work.complete(1);
        assertThat(next).isNotDone();
        assertThat(flight.join(counting(work))).isNotDone();
        assertThat(starts).hasValue(2);
        other.complete(2);
        assertThat(next).isCompletedWithValue(2);
    }

    @Test
    void abort_nothingUnderWay_doesNothing() {
        flight.abort(new IOException("closed"));

        assertThat(flight.join(counting(CompletableFuture.completedFuture(1)))).isCompletedWithValue(1);
    }

    @Test
    void launch_whileUnderWay_joinsWithoutStarting() {
        var work = new CompletableFuture<Integer>();
        flight.launch(counting(work));
        flight.launch(counting(work));

        assertThat(starts).hasValue(1);
    }

    private static Throwable errorOf(CompletableFuture<?> future) {
        return future.handle((value, error) -> error).join();
    }

    private static <T> List<T> inParallel(java.util.concurrent.Callable<T> call) throws Exception {
        var start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }
}
