package dev.latchkey;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads a manager makes where the user brings none. */
final class Threads {
    private static final int MOST = 64;
    private static final long IDLE_SECONDS = 5;

    private Threads() {}

    /** Daemons, so that the JVM exits without a close; they end when idle, so that nothing stays behind either. */
    static ExecutorService daemons() {
        var number = new AtomicInteger();
        var threads = new ThreadPoolExecutor(
                MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "latchkey-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
