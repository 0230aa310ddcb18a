package dev.latchkey.fuzz;

/** How long the targets are fuzzed, and what is counted; one for all of them. */
final class Fuzz implements AutoCloseable {
    private final boolean full = Boolean.getBoolean("fuzz.full");
    private final int seconds = Integer.getInteger("fuzz.seconds", 60);
    private final long seed = Long.getLong("fuzz.seed", 1);
    private final Figures figures = new Figures();
    private final long began = System.nanoTime();

    boolean isFull() {
        return full;
    }

    int seconds() {
        return seconds;
    }

    long seed() {
        return seed;
    }

    Figures figures() {
        return figures;
    }

    /** The line at the end. */
    @Override
    public void close() {
        figures.seconds.set((System.nanoTime() - began) / 1_000_000_000);
        System.out.println("fuzz: " + figures + " seed=" + seed);
    }
}
