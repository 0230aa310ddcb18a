package dev.latchkey.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How long and how often is measured.
 *
 * @param rounds how many times what starts processes or whole crowds is repeated
 */
record Measuring(int warmups, int iterations, TimeValue each, int forks, int rounds) {
    static Measuring thorough() {
        return new Measuring(4, 7, TimeValue.milliseconds(500), 1, 5);
    }

    static Measuring quick() {
        return new Measuring(2, 3, TimeValue.milliseconds(300), 1, 3);
    }

    /**
     * One heap for all, which the system has handed out before anything is measured: on a machine that gets its memory page by
     * page, what allocates would take ten times as long until the heap has been gone through once.
     */
    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");

    /** What the libraries of JMH and Corretto do is warned of otherwise, between the tables. */
    private static final List<String> NO_WARNINGS =
            List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");

    /** {@return the same in so many processes for each benchmark} For what the JVM compiles differently in each. */
    Measuring inProcesses(int processes) {
        return new Measuring(warmups, iterations, each, processes, rounds);
    }

    /**
     * What one benchmark came to: medians of all iterations.
     *
     * @param time wall time a call, in nanoseconds
     * @param cpu time of a processor a call, of all threads, in nanoseconds
     * @param bytes allocated a call
     */
    record Figures(double time, double cpu, double bytes) {}

    /** Runs one benchmark method in processes of its own. Parameters are names and values in turn. */
    Figures jmh(Class<?> benchmarks, String method, int threads, String... parameters) throws RunnerException {
        var options = new OptionsBuilder()
                .include("\\Q" + benchmarks.getName() + "." + method + "\\E$")
                .warmupIterations(warmups)
                .measurementIterations(iterations)
                .warmupTime(each)
                .measurementTime(each)
                .forks(forks)
                .jvmArgsAppend(options())
                .threads(threads)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class);
        for (int i = 0; i < parameters.length; i += 2) {
            options.param(parameters[i], parameters[i + 1]);
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        RunResult result = results.iterator().next();
        return new Figures(
                median(result.getPrimaryResult()),
                median(result.getSecondaryResults().get(CpuProfiler.LABEL)),
                median(result.getSecondaryResults().get("gc.alloc.rate.norm")));
    }

    private static String[] options() {
        List<String> options = new ArrayList<>(HEAP);
        if (Runtime.version().feature() >= 24) {
            options.addAll(NO_WARNINGS);
        }
        return options.toArray(String[]::new);
    }

    private static double median(Result<?> result) {
        return result.getStatistics().getPercentile(50);
    }

    /** {@return the run in the middle, by one of its figures} */
    static Figures median(List<Figures> runs, ToDoubleFunction<Figures> figure) {
        List<Figures> sorted = new ArrayList<>(runs);
        sorted.sort(Comparator.comparingDouble(figure));
        return sorted.get(sorted.size() / 2);
    }

    /** A round of something that takes seconds; its figures. */
    interface Round {
        double[] figures() throws Exception;
    }

    /**
     * Repeats what takes from parts of a second to a minute for as long as it may, and at least once.
     *
     * @param rounds how often at most
     * @param longest after how long no other round begins
     * @return for each figure those of all rounds
     */
    static List<List<Double>> rounds(int rounds, Duration longest, Round round) throws Exception {
        List<List<Double>> figures = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i == 0 || (i < rounds && System.nanoTime() - start < longest.toNanos()); i++) {
            double[] found = round.figures();
            for (int j = 0; j < found.length; j++) {
                if (i == 0) {
                    figures.add(new ArrayList<>());
                }
                figures.get(j).add(found[j]);
            }
        }
        return figures;
    }

    /** The same after a first round that does not count: it loads classes and has them compiled. */
    static List<List<Double>> warmRounds(int rounds, Duration longest, Round round) throws Exception {
        round.figures();
        return rounds(rounds, longest, round);
    }

    static double least(List<Double> figures) {
        return figures.stream().min(Comparator.naturalOrder()).orElse(Double.NaN);
    }

    static double most(List<Double> figures) {
        return figures.stream().max(Comparator.naturalOrder()).orElse(Double.NaN);
    }

    static double median(List<Double> figures) {
        List<Double> sorted = new ArrayList<>(figures);
        sorted.sort(null);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
