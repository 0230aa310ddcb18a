package dev.latchkey.fuzz;

import com.sun.management.ThreadMXBean;
import dev.latchkey.error.OAuthException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * What holds for everything that reads: it gives a value or the exception that its API names, within a second and 64 MiB, and
 * nothing of the input is printed as it came.
 *
 * <p>Time is that of the processor, so that a busy machine finds nothing that is not there.
 */
public final class Promise {
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);
    private static final long MOST = 64 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Promise() {}

    /** Nothing is thrown. */
    private static final class Never extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Reads, and judges what comes of it, which is a value.
     *
     * @param reading what is done
     */
    public static void holds(Callable<?> reading) {
        holds(Never.class, reading);
    }

    /**
     * Reads, and judges what comes of it.
     *
     * @param promised the only exception that may come
     * @param reading what is done
     */
    public static void holds(Class<? extends Exception> promised, Callable<?> reading) {
        String slow = measured(promised, reading);
        if (slow != null) {
            // The first time classes are loaded, and instrumented: the second counts.
            slow = measured(promised, reading);
        }
        if (slow != null) {
            throw new AssertionError(slow);
        }
    }

    private static String measured(Class<? extends Exception> promised, Callable<?> reading) {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        outcome(promised, reading);
        long took = THREADS.getCurrentThreadCpuTime() - cpu;
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        return took > LONGEST || allocated > MOST
                ? "took " + TimeUnit.NANOSECONDS.toMillis(took) + " ms and " + allocated + " bytes"
                : null;
    }

    private static void outcome(Class<? extends Exception> promised, Callable<?> reading) {
        try {
            Printed.text(String.valueOf(reading.call()));
        } catch (Exception e) {
            if (!promised.isInstance(e)) {
                throw new AssertionError("not the exception that is promised: " + e.getClass(), e);
            }
            judge(e);
        }
    }

    private static void judge(Exception e) {
        Printed.message(e.toString());
        if (e instanceof OAuthException ours) {
            Printed.details(ours.details());
        }
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            Printed.message(cause.toString());
        }
    }
}
