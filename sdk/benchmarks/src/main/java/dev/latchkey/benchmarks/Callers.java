package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.peer.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Threads that want the token again and again, as the threads of a service do, with a little other work in between. */
final class Callers {
    private final int threads;
    private final long pauseNanos;

    /**
     * What they saw.
     *
     * @param latencies of the calls that brought a token
     * @param failed how many brought an exception
     * @param blocked how many threads had at least one call of more than 10 ms
     */
    record Seen(Latencies latencies, int failed, int blocked) {}

    Callers(int threads, long pauseNanos) {
        this.threads = threads;
        this.pauseNanos = pauseNanos;
    }

    Seen call(Peer peer, long nanos) throws InterruptedException {
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger blocked = new AtomicInteger();
        // No thread calls more often than its pauses let it.
        int most = (int) (threads * (nanos / pauseNanos + 1));
        long[] all = new long[most + threads];
        AtomicInteger count = new AtomicInteger();
        CountDownLatch gate = new CountDownLatch(1);
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                long longest = 0;
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    return;
                }
                long end = System.nanoTime() + nanos;
                for (long start = System.nanoTime(); start - end < 0; start = System.nanoTime()) {
                    long took = timed(peer, start);
                    if (took < 0) {
                        failed.incrementAndGet();
                    } else if (count.get() < most) {
                        all[count.getAndIncrement()] = took;
                    }
                    longest = Math.max(longest, Math.abs(took));
                    LockSupport.parkNanos(pauseNanos);
                }
                if (longest > 10_000_000) {
                    blocked.incrementAndGet();
                }
            });
            thread.setDaemon(true);
            thread.start();
            running.add(thread);
        }
        gate.countDown();
        for (Thread thread : running) {
            thread.join();
        }
        return new Seen(Latencies.of(all, count.get()), failed.get(), blocked.get());
    }

    /** Below zero where the call failed. */
    private static long timed(Peer peer, long start) {
        try {
            peer.token();
            return System.nanoTime() - start;
        } catch (Exception e) {
            return start - System.nanoTime();
        }
    }
}
