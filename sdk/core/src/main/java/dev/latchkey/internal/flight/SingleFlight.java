package dev.latchkey.internal.flight;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets many callers share one piece of work. The work belongs to nobody who waits for it: a caller that leaves takes
 * nothing along.
 *
 * <p>Thread-safety: safe; no lock is held while the work is started or runs.
 *
 * @param <T> what the work gives
 */
public final class SingleFlight<T> {
    private final AtomicReference<@Nullable Flight<T>> current = new AtomicReference<>();

    /**
     * The work under way, as two futures. Who only waits hangs on the first, and threads that are woken by it help to wake the
     * others, which for thousands of them is a third of the time. What others do with a result hangs on the second, where it
     * runs in no thread of those who wait, and after they are told.
     */
    private record Flight<T>(CompletableFuture<T> waited, CompletableFuture<T> joined) {
        static <T> Flight<T> begin() {
            return new Flight<>(new CompletableFuture<>(), new CompletableFuture<>());
        }

        void end(@Nullable T value, @Nullable Throwable error) {
            complete(waited, value, error);
            complete(joined, value, error);
        }
    }

    /**
     * Joins the flight that is under way, or starts one.
     *
     * @param start starts the work; called by one caller only, and once per flight. Whatever it publishes must be
     *     published before its result completes
     * @return the result; cancelling it concerns this caller alone
     */
    public CompletableFuture<T> join(Supplier<? extends CompletionStage<T>> start) {
        var own = new CompletableFuture<T>();
        var unused = flight(start).joined().whenComplete((value, error) -> complete(own, value, error));
        return own;
    }

    /**
     * Joins the flight that is under way, or starts one, for a caller that does nothing but wait.
     *
     * @param start as with {@link #join}
     * @return the result, the same object for all: not to be cancelled, nor to be handed on to anybody who could, or who hangs
     *     steps on it that take time
     */
    public CompletableFuture<T> shared(Supplier<? extends CompletionStage<T>> start) {
        return flight(start).waited();
    }

    /**
     * Starts the work if none is under way, without waiting. Where one is, this costs one read.
     *
     * @param start starts the work
     */
    public void launch(Supplier<? extends CompletionStage<T>> start) {
        if (!isUnderWay()) {
            var unused = flight(start);
        }
    }

    /** {@return whether work is under way} */
    public boolean isUnderWay() {
        return current.get() != null;
    }

    /**
     * Ends the flight under way, if any, with an error. Work that comes to an end later is dropped.
     *
     * @param error what its callers are told
     */
    public void abort(Throwable error) {
        Flight<T> flight = current.getAndSet(null);
        if (flight != null) {
            flight.end(null, error);
        }
    }

    private Flight<T> flight(Supplier<? extends CompletionStage<T>> start) {
        Flight<T> mine = Flight.begin();
        Flight<T> other = current.compareAndExchange(null, mine);
        if (other != null) {
            return other;
        }
        begin(start).whenComplete((value, error) -> land(mine, value, error));
        return mine;
    }

    private CompletionStage<T> begin(Supplier<? extends CompletionStage<T>> start) {
        try {
            return start.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The slot is cleared before anybody is woken, so that a caller who asks again at once starts anew. */
    private void land(Flight<T> flight, @Nullable T value, @Nullable Throwable error) {
        current.compareAndSet(flight, null);
        flight.end(value, error);
    }

    /** The error goes on as it is: whoever looks at it with a handler is to find what the work failed with. */
    private static <T> void complete(CompletableFuture<T> future, @Nullable T value, @Nullable Throwable error) {
        if (error == null) {
            future.complete(value);
        } else {
            boolean wrapped = error instanceof CompletionException && error.getCause() != null;
            future.completeExceptionally(wrapped ? error.getCause() : error);
        }
    }
}
