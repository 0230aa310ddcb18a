package dev.latchkey.benchmarks;

/** How many assertions a second. */
final class SigningSection implements Section {
    private static final String[] CONTENDERS = {"rawJca", "latchkey", "nimbus"};
    private static final String[] LABELS = {"raw JCA signature", "**Latchkey** assertion", "nimbus assertion"};

    @Override
    public void run(Measuring measuring) throws Exception {
        Table table = new Table(
                "signing, one thread",
                "µs",
                "a second",
                "of raw JCA",
                "of the JDK's raw",
                "CPU µs",
                "of raw JCA by CPU",
                "of raw JCA by turns",
                "B/op");
        for (String algorithm : new String[] {"RS384", "ES384"}) {
            double ofTheJdk = 0;
            for (String provider : new String[] {"JDK", "Corretto"}) {
                double limit = 0;
                double limitCpu = 0;
                for (int i = 0; i < CONTENDERS.length; i++) {
                    Measuring.Figures figures = measuring.jmh(
                            SigningBenchmark.class, CONTENDERS[i], 1, "algorithm", algorithm, "provider", provider);
                    limit = i == 0 ? figures.time() : limit;
                    limitCpu = i == 0 ? figures.cpu() : limitCpu;
                    ofTheJdk = ofTheJdk == 0 ? limit : ofTheJdk;
                    table.row(
                            algorithm + ", " + provider + ", " + LABELS[i],
                            figures.time(),
                            1e6 / figures.time(),
                            Table.times(limit / figures.time()),
                            Table.times(ofTheJdk / figures.time()),
                            figures.cpu() / 1000,
                            Table.times(limitCpu / figures.cpu()),
                            i == 1 ? Table.times(1 / byTurns(algorithm, provider)) : "",
                            figures.bytes());
                }
            }
        }
        table.print();
    }

    private static double byTurns(String algorithm, String provider) throws Exception {
        SigningBenchmark benchmark = new SigningBenchmark();
        benchmark.algorithm = algorithm;
        benchmark.provider = provider;
        benchmark.makeKey();
        return Turns.LONG.ratio(
                times -> {
                    Object signature = null;
                    for (int i = 0; i < times; i++) {
                        signature = benchmark.rawJca();
                    }
                    return signature;
                },
                times -> {
                    Object assertion = null;
                    for (int i = 0; i < times; i++) {
                        assertion = benchmark.latchkey();
                    }
                    return assertion;
                });
    }
}
