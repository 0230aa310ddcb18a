package dev.latchkey;

import java.time.Duration;

/**
 * How often something may still be done: a number that is used up and comes back with time. A value; using it gives the
 * next one.
 *
 * @param left how many uses are left, in fractions
 * @param sinceNanos when that was counted, on the ticker
 * @param rate how it comes back
 */
record Allowance(double left, long sinceNanos, Rate rate) {
    /**
     * What an allowance holds at most, and how long one use takes to come back.
     *
     * @param most how many uses it holds at most
     * @param each how long one use takes to come back
     */
    record Rate(int most, Duration each) {}

    static Allowance full(Rate rate, long nanos) {
        return new Allowance(rate.most, nanos, rate);
    }

    boolean isEmptyAt(long nanos) {
        return leftAt(nanos) < 1;
    }

    Allowance used(long nanos) {
        return new Allowance(Math.max(0, leftAt(nanos) - 1), nanos, rate);
    }

    private double leftAt(long nanos) {
        double back = (nanos - sinceNanos) / (double) rate.each.toNanos();
        return Math.min(rate.most, left + Math.max(0, back));
    }
}
