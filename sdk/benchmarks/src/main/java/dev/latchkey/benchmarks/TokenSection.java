package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.peer.Library;

/** What a live token costs. */
final class TokenSection implements Section {
    private static final int THREADS = 8;

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
            Measuring.Figures one = measuring.jmh(TokenBenchmark.class, "token", 1, "library", library.name());
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
        users(measuring, table, "held", "held source", limit);
        users(measuring, table, "byId", "`tokens.user(id)`", limit);
        table.print();
    }

    private static void users(Measuring measuring, Table table, String method, String label, double limit)
            throws Exception {
        Measuring.Figures one = measuring.jmh(UsersBenchmark.class, method, 1);
        table.row(
                "**Latchkey**, one of %,d users, %s".formatted(UsersBenchmark.USERS, label),
                one.time(),
                Table.times(one.time() / limit),
                one.bytes(),
                one.cpu(),
                "",
                "");
    }
}
