package dev.latchkey.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Two contenders that take turns of some milliseconds in one process. What slows the machine for a while slows both, so their
 * ratio is surer than that of two runs a minute apart.
 */
final class Turns {
    private static final long WARMUP_NANOS = 500_000_000;
    /** Many short ones for what takes nanoseconds. */
    static final Turns SHORT = new Turns(3_000_000, 1000);

    /** For what takes a millisecond each time: what the other left in the processor's caches must not count. */
    static final Turns LONG = new Turns(30_000_000, 150);

    private final long sliceNanos;
    private final int rounds;

    private Turns(long sliceNanos, int rounds) {
        this.sliceNanos = sliceNanos;
        this.rounds = rounds;
    }

    /** Does something so many times; the loop belongs to the contender, so that each is compiled by itself. */
    interface Work {
        Object times(int times) throws Exception;
    }

    /** {@return the median of how much longer the other takes than the limit} */
    double ratio(Work limit, Work other) throws Exception {
        int ofLimit = inASlice(limit);
        int ofOther = inASlice(other);
        List<Double> ratios = new ArrayList<>();
        for (int round = -rounds / 10; round < rounds; round++) {
            boolean limitFirst = round % 2 == 0;
            double first = limitFirst ? each(limit, ofLimit) : each(other, ofOther);
            double second = limitFirst ? each(other, ofOther) : each(limit, ofLimit);
            if (round >= 0) {
                ratios.add(limitFirst ? second / first : first / second);
            }
        }
        return Measuring.median(ratios);
    }

    /** The first calls load classes and fetch tokens: only what comes after half a second counts. */
    private int inASlice(Work work) throws Exception {
        long begun = System.nanoTime();
        int times = 1;
        while (System.nanoTime() - begun < WARMUP_NANOS) {
            times = (int) Math.max(1, Math.min(sliceNanos / each(work, times), 1 << 20));
        }
        return times;
    }

    private static double each(Work work, int times) throws Exception {
        long start = System.nanoTime();
        if (work.times(times) == null) {
            throw new IllegalStateException("nothing came of it");
        }
        return (System.nanoTime() - start) / (double) times;
    }
}
