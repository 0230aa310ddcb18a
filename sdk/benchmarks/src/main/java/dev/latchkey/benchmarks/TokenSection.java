package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.peer.LatchkeyPeer;
import dev.latchkey.benchmarks.peer.Library;
import dev.latchkey.benchmarks.peer.Peer;
import dev.latchkey.benchmarks.peer.StubEndpoint;

/** What a live token costs. */
final class TokenSection implements Section {
    private static final int THREADS = 8;
    private static final int PROCESSES = 3;

    @Override
    public void run(Measuring measuring) throws Exception {
        Table table = new Table(
                "`token()`, live token",
                "ns, 1 thread",
                "of the limit",
                "B/op",
                "CPU ns, 1 thread",
                "CPU ns, " + THREADS + " threads",
                "8 threads to 1");
        double limit = 0;
        for (Library library : Library.values()) {
            Measuring.Figures one =
                    measuring.inProcesses(PROCESSES).jmh(TokenBenchmark.class, "token", 1, "library", library.name());
            Measuring.Figures many = measuring.jmh(TokenBenchmark.class, "token", THREADS, "library", library.name());
            limit = library == Library.LIMIT ? one.time() : limit;
            table.row(
                    library.label(),
                    one.time(),
                    Table.times(one.time() / limit),
                    one.bytes(),
                    one.cpu(),
                    many.cpu(),
                    Table.times(many.cpu() / one.cpu()));
        }
        users(measuring, table, "limit", "the limit", limit);
        users(measuring, table, "held", "**Latchkey**, held source", limit);
        users(measuring, table, "byId", "**Latchkey**, `tokens.user(id)`", limit);
        table.print();
        System.out.println("By turns in one process: " + Table.times(byTurns()) + " of the limit.\n");
    }

    private static double byTurns() throws Exception {
        try (StubEndpoint endpoint = StubEndpoint.start();
                Peer limit = Library.LIMIT.open(endpoint.uri());
                LatchkeyPeer latchkey = new LatchkeyPeer(endpoint.uri())) {
            return Turns.SHORT.ratio(
                    times -> {
                        Object token = null;
                        for (int i = 0; i < times; i++) {
                            token = limit.token();
                        }
                        return token;
                    },
                    times -> {
                        Object token = null;
                        for (int i = 0; i < times; i++) {
                            token = latchkey.token();
                        }
                        return token;
                    });
        }
    }

    private static void users(Measuring measuring, Table table, String method, String label, double limit)
            throws Exception {
        Measuring.Figures one = measuring.jmh(UsersBenchmark.class, method, 1);
        table.row(
                "one of %,d users: %s".formatted(UsersBenchmark.USERS, label),
                one.time(),
                Table.times(one.time() / limit),
                one.bytes(),
                one.cpu(),
                "",
                "");
    }
}
