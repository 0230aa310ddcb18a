package dev.latchkey.benchmarks;

/** One group of figures. */
interface Section {
    /** Measures, and prints one table or more. */
    void run(Measuring measuring) throws Exception;
}
