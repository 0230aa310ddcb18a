package dev.latchkey.internal.flight;

import dev.latchkey.Interleavings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** F-01, F-03: in whatever order threads take their steps, one flight is in the air, and nobody is left behind by it. */
@Tag("interleavings")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SingleFlightInterleavingsTest {
    @Test
    void join_anyInterleaving_isOneFlightAndEachIsTold() {
        Interleavings.check(() -> {
            SingleFlight<Integer> flight = new SingleFlight<>();
            AtomicInteger starts = new AtomicInteger();
            CompletableFuture<Integer> work = new CompletableFuture<>();
            Supplier<CompletionStage<Integer>> start = () -> {
                starts.incrementAndGet();
                return work;
            };
            CompletableFuture<?>[] told = new CompletableFuture<?>[2];

            Interleavings.together(() -> told[0] = flight.join(start), () -> told[1] = flight.shared(start));
            work.complete(1);

            Interleavings.require(starts.get() == 1, "one flight for both");
            Interleavings.require(told[0].isDone() && told[1].isDone(), "both are told");
            Interleavings.require(!flight.isUnderWay(), "the slot is free");
        });
    }

    @Test
    void abort_anyInterleaving_strandsNobody() {
        Interleavings.check(() -> {
            SingleFlight<Integer> flight = new SingleFlight<>();
            CompletableFuture<Integer> work = new CompletableFuture<>();
            CompletableFuture<?>[] told = new CompletableFuture<?>[1];

            Interleavings.together(
                    () -> told[0] = flight.join(() -> work),
                    () -> flight.abort(new IllegalStateException("closed")),
                    () -> work.complete(1));

            Interleavings.require(told[0].isDone(), "the caller is told");
            Interleavings.require(!flight.isUnderWay(), "the slot is free");
        });
    }
}
