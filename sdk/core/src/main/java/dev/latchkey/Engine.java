package dev.latchkey;

import dev.latchkey.internal.time.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all stages of a manager share.
 *
 * @param time its clocks and timers
 * @param executor what token requests run on
 * @param random from 0 to 1, for jitter only
 * @param events where events go
 * @param closed whether the manager is closed
 */
record Engine(Time time, Executor executor, DoubleSupplier random, Events events, AtomicBoolean closed) {
    /** {@return why nothing may be sent any more, or null while the manager is open} */
    @Nullable
    RuntimeException whyClosed() {
        return closed.get()
                ? new IllegalStateException("The TokenManager is closed; keep it open as long as calls are made")
                : null;
    }

    /** Runs work that blocks on a thread of the executor. */
    <T> CompletableFuture<T> supply(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(rejected(e));
        }
    }

    /** Completes on a thread of the executor when a pause is over. */
    CompletableFuture<@Nullable Void> later(Duration pause) {
        var due = new CompletableFuture<@Nullable Void>();
        time.after(pause, task -> runOrFail(task, due), () -> due.complete(null));
        return due;
    }

    /** An executor that is full when the pause ends must not leave callers waiting for ever. */
    private void runOrFail(Runnable task, CompletableFuture<?> due) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            due.completeExceptionally(rejected(e));
        }
    }

    private static IllegalStateException rejected(RejectedExecutionException e) {
        return new IllegalStateException(
                "executor: takes no more work; keep it open as long as the TokenManager is, and let its queue grow", e);
    }
}
