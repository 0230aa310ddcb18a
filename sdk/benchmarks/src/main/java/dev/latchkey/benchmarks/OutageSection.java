package dev.latchkey.benchmarks;

import dev.latchkey.TokenManager;
import dev.latchkey.benchmarks.peer.LatchkeyPeer;
import dev.latchkey.benchmarks.peer.Library;
import dev.latchkey.benchmarks.peer.OneFlight;
import dev.latchkey.benchmarks.peer.Peer;
import dev.latchkey.benchmarks.peer.StubEndpoint;
import java.time.Duration;
import java.util.List;

/** The endpoint is down, while the token is good for another minute, and while there is none. */
final class OutageSection implements Section {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final StubEndpoint.Behaviour DOWN = new StubEndpoint.Behaviour(503, Duration.ZERO, Duration.ZERO);
    private static final Duration LATE = Duration.ofMillis(200);
    private static final int PATIENCE_SECONDS = 40;
    private static final Duration SEVERAL_TIMES = Duration.ofSeconds(20);
    /** As many for each, since the worst one counts; one only where a library leaves a new token alone for half a minute. */
    private static final int LIVING_ROUNDS = 3;

    @Override
    public void run(Measuring measuring) throws Exception {
        Table living = new Table(
                "endpoint down, token good for a minute, 200 callers, 5 s",
                "calls served",
                "calls failed",
                "calls > 10 ms",
                "longest ms",
                "requests");
        Table without = new Table(
                "endpoint down (503 after 200 ms), no token, 100 callers",
                "requests",
                "p50 ms",
                "all told after ms",
                "still waiting after " + PATIENCE_SECONDS + " s",
                "a call right after, ms");
        for (Library library : Library.values()) {
            living(living, library, measuring.rounds());
        }
        living.print();
        for (Library library : Library.values()) {
            without(without, library, measuring.rounds());
        }
        without.print();
    }

    private static void living(Table table, Library library, int rounds) throws Exception {
        List<List<Double>> seen =
                Measuring.warmRounds(Math.min(rounds, LIVING_ROUNDS), SEVERAL_TIMES, () -> served(library, FIRST));
        table.row(
                library == Library.LIMIT ? "the limit: a token that never ends" : library.label(),
                "%.0f".formatted(Measuring.median(seen.get(0))),
                "%.0f".formatted(Measuring.most(seen.get(1))),
                "%.0f".formatted(Measuring.most(seen.get(2))),
                Measuring.most(seen.get(3)),
                "%.0f".formatted(Measuring.most(seen.get(4))));
        if (library == Library.LATCHKEY) {
            table.row("… and then renewed after the endpoint's return", "", "", "", Measuring.most(seen.get(5)), "");
            double[] longer = served(library, FIRST.plusMinutes(1));
            table.row(
                    "… and where it lasts a minute longer",
                    "%.0f".formatted(longer[0]),
                    "%.0f".formatted(longer[1]),
                    "%.0f".formatted(longer[2]),
                    longer[3],
                    "%.0f".formatted(longer[4]));
        }
    }

    /** Latchkey's token is certain to be due for renewal, which is so from 96 to 144 seconds before its end, and outlasts the outage. */
    private static double[] served(Library library, Duration outage) throws Exception {
        try (StubEndpoint endpoint = StubEndpoint.start()) {
            boolean ours = library == Library.LATCHKEY;
            Duration rest = AheadSection.rest(library);
            Duration life = ours ? Duration.ofMinutes(10) : rest.plusSeconds(61);
            endpoint.behave(new StubEndpoint.Behaviour(200, Duration.ZERO, life));
            SetClock clock = new SetClock();
            try (Peer peer = ours ? AheadSection.latchkey(endpoint, clock) : library.open(endpoint.uri())) {
                Object first = peer.token();
                new Callers(1, 10_000_000).call(peer, rest.toNanos());
                endpoint.behave(DOWN);
                int before = endpoint.requests();
                clock.advance(life.minusSeconds(90));
                Callers.Seen seen = new Callers(200, 1_000_000).call(peer, outage.toNanos());
                int requests = endpoint.requests() - before;
                return new double[] {
                    seen.latencies().count(),
                    seen.failed(),
                    seen.latencies().longerThanMillis(10),
                    seen.latencies().max(),
                    requests,
                    ours ? renewed(peer, endpoint, first) : Double.NaN
                };
            }
        }
    }

    /** How long after its return, in milliseconds. */
    private static double renewed(Peer peer, StubEndpoint endpoint, Object first) throws Exception {
        endpoint.behave(new StubEndpoint.Behaviour(200, Duration.ZERO, Duration.ofMinutes(5)));
        long start = System.nanoTime();
        Callers one = new Callers(1, 1_000_000);
        while (peer.token() == first && System.nanoTime() - start < 60_000_000_000L) {
            one.call(peer, 10_000_000);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static void without(Table table, Library library, int rounds) throws Exception {
        List<List<Double>> seen = Measuring.warmRounds(rounds, SEVERAL_TIMES, () -> told(library));
        table.row(
                library == Library.LIMIT ? "the limit: one failure for all" : library.label(),
                "%.0f to %.0f".formatted(Measuring.least(seen.get(0)), Measuring.most(seen.get(0))),
                Measuring.median(seen.get(1)),
                Measuring.median(seen.get(2)),
                "%.0f".formatted(Measuring.most(seen.get(3))),
                Measuring.median(seen.get(4)));
    }

    private static double[] told(Library library) throws Exception {
        try (StubEndpoint endpoint = StubEndpoint.start()) {
            endpoint.behave(new StubEndpoint.Behaviour(503, LATE, Duration.ZERO));
            try (Peer peer = withoutToken(library, endpoint)) {
                Crowd.Outcome outcome = Crowd.platform(100).rush(peer::token, PATIENCE_SECONDS);
                int requests = endpoint.requests();
                return new double[] {
                    requests, outcome.waits().millis(0.5), outcome.waits().max(), outcome.lost(), millisOfACall(peer)
                };
            }
        }
    }

    private static double millisOfACall(Peer peer) {
        long start = System.nanoTime();
        try {
            peer.token();
        } catch (Exception e) {
            // As the endpoint is down.
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static Peer withoutToken(Library library, StubEndpoint endpoint) throws Exception {
        return switch (library) {
            case LIMIT -> new OneFlight(endpoint.uri());
            case LATCHKEY ->
                new LatchkeyPeer(TokenManager.builder(endpoint.uri().toString())
                        .clientId("client")
                        .clientSecret("secret")
                        .retries(0));
            default -> library.open(endpoint.uri());
        };
    }
}
