package dev.latchkey.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Many threads that all want the same thing at the same moment. */
final class Crowd {
    private static final long SMALL_STACK = 128 * 1024;

    private final String label;
    private final ThreadFactory threads;
    private final int size;

    /**
     * What became of them.
     *
     * @param waits how long each waited, in nanoseconds, sorted; of those who got something
     * @param failed how many got an exception
     * @param lost how many were still waiting when patience ended
     */
    record Outcome(Latencies waits, int failed, int lost) {}

    private Crowd(String label, ThreadFactory threads, int size) {
        this.label = label;
        this.threads = threads;
        this.size = size;
    }

    static Crowd platform(int size) {
        return new Crowd("%,d platform threads".formatted(size), task -> {
            Thread thread = new Thread(null, task, "crowd", SMALL_STACK);
            thread.setDaemon(true);
            return thread;
        }, size);
    }

    /** Only where {@link #hasVirtualThreads}; by reflection, since all of this is compiled for Java 17. */
    static Crowd virtual(int size) throws ReflectiveOperationException {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        ThreadFactory factory = (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        return new Crowd("%,d virtual threads".formatted(size), factory, size);
    }

    static boolean hasVirtualThreads() {
        return Runtime.version().feature() >= 21;
    }

    String label() {
        return label;
    }

    /** Lets all of them go at once, and waits for the last. */
    Outcome rush(Callable<?> want, int patienceSeconds) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(size);
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(size);
        long[] waits = new long[size];
        AtomicInteger served = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < size; i++) {
            threads.newThread(() -> {
                        ready.countDown();
                        awaitQuietly(gate);
                        long start = System.nanoTime();
                        try {
                            want.call();
                            waits[served.getAndIncrement()] = System.nanoTime() - start;
                        } catch (Exception e) {
                            failed.incrementAndGet();
                        } finally {
                            done.countDown();
                        }
                    })
                    .start();
        }
        ready.await();
        gate.countDown();
        boolean all = done.await(patienceSeconds, TimeUnit.SECONDS);
        return new Outcome(
                Latencies.of(waits, served.get()), failed.get(), all ? 0 : size - served.get() - failed.get());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
