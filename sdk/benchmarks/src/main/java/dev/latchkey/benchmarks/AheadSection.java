package dev.latchkey.benchmarks;

import dev.latchkey.TokenManager;
import dev.latchkey.benchmarks.peer.LatchkeyPeer;
import dev.latchkey.benchmarks.peer.Library;
import dev.latchkey.benchmarks.peer.Peer;
import dev.latchkey.benchmarks.peer.StubEndpoint;
import java.time.Duration;
import java.util.List;

/** A token comes into the age at which its library renews it, the endpoint takes two seconds, and the callers go on. */
final class AheadSection implements Section {
    private static final Duration DELAY = Duration.ofSeconds(2);
    private static final Duration WATCHED = Duration.ofSeconds(4);
    private static final int CALLERS = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    @Override
    public void run(Measuring measuring) throws Exception {
        Table table = new Table(
                "renewal while the endpoint takes 2 s, " + CALLERS + " callers",
                "requests",
                "threads blocked > 10 ms",
                "p99 µs",
                "longest ms",
                "failed calls");
        for (Library library : Library.values()) {
            row(table, library, measuring.rounds());
        }
        table.print();
    }

    private static void row(Table table, Library library, int rounds) throws Exception {
        List<List<Double>> seen = Measuring.warmRounds(rounds, PATIENCE, () -> watched(library));
        table.row(
                library == Library.LIMIT ? "the limit: a token that never ends" : library.label(),
                "%.0f".formatted(Measuring.most(seen.get(0))),
                "%.0f".formatted(Measuring.most(seen.get(1))),
                Measuring.median(seen.get(2)),
                Measuring.most(seen.get(3)),
                "%.0f".formatted(Measuring.most(seen.get(4))));
    }

    private static double[] watched(Library library) throws Exception {
        try (StubEndpoint endpoint = StubEndpoint.start()) {
            endpoint.behave(new StubEndpoint.Behaviour(200, Duration.ZERO, life(library)));
            SetClock clock = new SetClock();
            try (Peer peer = library == Library.LATCHKEY ? latchkey(endpoint, clock) : library.open(endpoint.uri())) {
                peer.token();
                new Callers(CALLERS, 200_000).call(peer, rest(library).toNanos());
                int before = endpoint.requests();
                endpoint.behave(new StubEndpoint.Behaviour(200, DELAY, Duration.ofHours(1)));
                clock.advance(Duration.ofSeconds(250));
                Callers.Seen seen = new Callers(CALLERS, 200_000).call(peer, WATCHED.toNanos());
                return new double[] {
                    endpoint.requests() - before,
                    seen.blocked(),
                    seen.latencies().millis(0.99) * 1000,
                    seen.latencies().max(),
                    seen.failed()
                };
            }
        }
    }

    static LatchkeyPeer latchkey(StubEndpoint endpoint, SetClock clock) {
        return new LatchkeyPeer(TokenManager.builder(endpoint.uri().toString())
                .clientId("client")
                .clientSecret("secret")
                .clock(clock));
    }

    /** A second and a half more than what a library keeps in reserve, so that its renewal falls into what is watched. */
    private static Duration life(Library library) {
        return switch (library) {
            case LATCHKEY -> Duration.ofMinutes(5);
            case GOOGLE_AUTH -> Duration.ofSeconds(226);
            case AWS, AWS_ONE_CALLER -> Duration.ofSeconds(121);
            case SPRING, NIMBUS -> Duration.ofSeconds(61);
            case AZURE, AZURE_SIMPLE -> Duration.ofSeconds(301).plus(rest(library));
            default -> Duration.ofSeconds(301);
        };
    }

    /** How long nothing happens at first: the caches of Azure leave a new token alone for half a minute. */
    static Duration rest(Library library) {
        return switch (library) {
            case AZURE, AZURE_SIMPLE -> Duration.ofSeconds(31);
            default -> Duration.ofMillis(500);
        };
    }
}
