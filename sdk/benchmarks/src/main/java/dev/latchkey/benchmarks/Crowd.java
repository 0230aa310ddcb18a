package dev.latchkey.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Many threads that all want the same thing at the same moment. */
final class Crowd {
    private static final long SMALL_STACK = 128 * 1024;
    private static final long LEAD_NANOS = 2_000_000_000;

    private final String label;
    private final ThreadFactory threads;
    private final int size;

    /**
     * What became of them.
     *
     * @param waits how long each waited, until it had something or was told
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
        return new Crowd(
                "%,d platform threads".formatted(size),
                task -> {
                    Thread thread = new Thread(null, task, "crowd", SMALL_STACK);
                    thread.setDaemon(true);
                    return thread;
                },
                size);
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
        CountDownLatch set = new CountDownLatch(1);
        AtomicLong start = new AtomicLong();
        CountDownLatch done = new CountDownLatch(size);
        long[] waits = new long[size];
        AtomicInteger told = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < size; i++) {
            threads.newThread(() -> {
                        ready.countDown();
                        await(set, start);
                        long begun = System.nanoTime();
                        try {
                            want.call();
                        } catch (Exception e) {
                            failed.incrementAndGet();
                        } finally {
                            waits[told.getAndIncrement()] = System.nanoTime() - begun;
                            done.countDown();
                        }
                    })
                    .start();
        }
        ready.await();
        start.set(System.nanoTime() + LEAD_NANOS);
        set.countDown();
        boolean all = done.await(patienceSeconds, TimeUnit.SECONDS);
        return new Outcome(Latencies.of(waits, told.get()), failed.get(), all ? 0 : size - told.get());
    }

    /**
     * By the clock, since a latch wakes one thread after the other, and the first are served before the last have come. Until the
     * time is set all sleep: looking out for it would take the processors from whoever starts the rest.
     */
    private static void await(CountDownLatch set, AtomicLong start) {
        try {
            set.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (long left = start.get() - System.nanoTime(); left > 0; left = start.get() - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
