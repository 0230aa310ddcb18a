package dev.latchkey.store;

import dev.latchkey.error.TokenStoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that touch the files of one directory. No caller does it itself: an interrupt would close the file in the
 * middle of a write, and with it drop the lock (F-31).
 *
 * <p>Thread-safety: safe.
 */
final class StoreThreads {
    private static final int MOST = 4;
    private static final long IDLE_SECONDS = 5;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path directory;
    private final Executor threads;

    StoreThreads(Path directory) {
        this.directory = directory;
        this.threads = daemons();
    }

    /** They keep nothing of the caller alive that happened to be the first, and end when idle. */
    private static Executor daemons() {
        var threads = new ThreadPoolExecutor(
                MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(null, task, "latchkey-store-" + NUMBER.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(null);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Waits for the work to its end. A caller that is interrupted meanwhile is so afterwards, too. */
    <T> T call(StoreLocks.Work<T> work) throws TokenStoreException {
        try {
            return CompletableFuture.supplyAsync(() -> run(work), threads).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TokenStoreException failure) {
                throw failure.rethrown();
            }
            if (e.getCause() instanceof IOException failure) {
                throw StoreFailures.failed(directory, failure);
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private static <T> T run(StoreLocks.Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
