package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.peer.Library;
import dev.latchkey.benchmarks.peer.OneFlight;
import dev.latchkey.benchmarks.peer.Peer;
import dev.latchkey.benchmarks.peer.StubEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A crowd finds the cache empty, and the endpoint takes its time. */
final class HerdSection implements Section {
    private static final Duration DELAY = Duration.ofMillis(200);
    private static final int PATIENCE_SECONDS = 60;

    @Override
    public void run(Measuring measuring) throws Exception {
        if (Crowd.hasVirtualThreads()) {
            measure(Crowd.virtual(10_000), measuring);
        }
        measure(Crowd.platform(1_000), measuring);
        measure(Crowd.platform(10_000), measuring);
    }

    private static void measure(Crowd crowd, Measuring measuring) throws Exception {
        Table table = new Table(
                "cold cache, " + crowd.label() + ", endpoint " + DELAY.toMillis() + " ms",
                "requests",
                "p50 ms",
                "p99 ms",
                "max ms",
                "without a token");
        for (Library library : Library.values()) {
            row(table, library, crowd, measuring.rounds());
        }
        table.print();
    }

    private static void row(Table table, Library library, Crowd crowd, int rounds) throws Exception {
        List<Double> requests = new ArrayList<>();
        List<Double> p50 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        List<Double> max = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int round = -1; round < rounds; round++) {
            try (StubEndpoint endpoint = StubEndpoint.start(DELAY);
                    Peer peer =
                            library == Library.LIMIT ? new OneFlight(endpoint.uri()) : library.open(endpoint.uri())) {
                Crowd.Outcome outcome = crowd.rush(peer::token, PATIENCE_SECONDS);
                if (round >= 0) {
                    requests.add((double) endpoint.requests());
                    p50.add(outcome.waits().millis(0.5));
                    p99.add(outcome.waits().millis(0.99));
                    max.add(outcome.waits().max());
                    without.add((double) (outcome.failed() + outcome.lost()));
                }
            }
        }
        table.row(
                library == Library.LIMIT ? "the limit: one future for all" : library.label(),
                "%.0f to %.0f".formatted(Measuring.least(requests), Measuring.most(requests)),
                Measuring.median(p50),
                Measuring.median(p99),
                Measuring.median(max),
                "%.0f".formatted(Measuring.most(without)));
    }
}
