package dev.latchkey.benchmarks;

import java.util.Arrays;

/** How long calls took, sorted. */
final class Latencies {
    private final long[] sorted;

    private Latencies(long[] sorted) {
        this.sorted = sorted;
    }

    static Latencies of(long[] nanos, int count) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new Latencies(sorted);
    }

    int count() {
        return sorted.length;
    }

    /** {@return the share of calls that took no longer, in milliseconds} */
    double millis(double share) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] / 1e6;
    }

    double max() {
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1] / 1e6;
    }

    int longerThanMillis(long millis) {
        int first = Arrays.binarySearch(sorted, millis * 1_000_000);
        return sorted.length - (first < 0 ? -first - 1 : first);
    }
}
