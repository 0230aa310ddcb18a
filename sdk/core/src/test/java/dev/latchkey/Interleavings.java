package dev.latchkey;

import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;

/** Threads in every order of their steps, as far as {@code interleavings} goes; Lincheck prints the order that failed. */
public final class Interleavings {
    private static final int MOST = Integer.getInteger("interleavings", 100);

    private static final int TRIES = 3;

    static {
        System.setProperty("lincheck.logLevel", "ERROR");
    }

    private Interleavings() {}

    /** A step that takes 10 seconds counts as hung, which on a busy machine says nothing: who hangs does so each time. */
    public static void check(Runnable scenario) {
        for (int left = TRIES; ; left--) {
            try {
                Lincheck.runConcurrentTest(MOST, scenario);
                return;
            } catch (LincheckAssertionError e) {
                if (left == 1 || !String.valueOf(e.getMessage()).contains("has hung")) {
                    throw e;
                }
            }
        }
    }

    /** Runs all of them at once, to their ends. */
    public static void together(Runnable... tasks) {
        List<Thread> threads = new ArrayList<>();
        for (Runnable task : tasks) {
            threads.add(new Thread(task));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            joined(thread);
        }
    }

    /** Ends the scenario where something does not hold. Inside of scenarios AssertJ would itself be explored. */
    public static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("not so: " + what);
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
