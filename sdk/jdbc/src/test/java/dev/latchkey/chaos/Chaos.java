package dev.latchkey.chaos;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** How long and how the scenarios run, and what they count; one for all of them. */
final class Chaos implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final boolean full = Boolean.getBoolean("chaos.full");
    private final long seed = Long.getLong("chaos.seed", new SecureRandom().nextInt(Integer.MAX_VALUE));
    private final Random random = new Random(seed);
    private final Figures figures = new Figures();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(8, Chaos::daemon);
    private final String encryptionKey = Base64.getEncoder().encodeToString(new SecureRandom().generateSeed(32));

    Chaos() {
        Console.line("seed=" + seed + (full ? " full length" : " short form"));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "chaos");
        thread.setDaemon(true);
        return thread;
    }

    /** Either length of a scenario. */
    int length(int ofFull, int ofShort) {
        return full ? ofFull : ofShort;
    }

    Figures figures() {
        return figures;
    }

    /** A number below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /** The key that all stores of these tests encrypt with. */
    String encryptionKey() {
        return encryptionKey;
    }

    /** Does something at a random instant from now, and waits for it. */
    void within(Duration longest, Callable<?> work) throws Exception {
        timer.schedule(work, below((int) (longest.toNanos() / 1000)), TimeUnit.MICROSECONDS)
                .get();
    }

    /** Looks again and again until something is so. */
    static void await(String what, Duration longest, Callable<Boolean> condition) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (long looks = longest.dividedBy(LOOK_EVERY); !condition.call(); looks--) {
            if (looks == 0) {
                throw new AssertionError("Not within " + longest.toSeconds() + " s: " + what);
            }
            if (never.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("nobody counts it down");
            }
        }
    }

    /** The line at the end. */
    @Override
    public void close() {
        timer.shutdownNow();
        Console.line(figures.toString());
    }
}
