package dev.latchkey.fuzz;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What was counted over all targets. */
final class Figures {
    final AtomicInteger targets = new AtomicInteger();

    /** Inputs that were read, seeds included. */
    final AtomicLong executions = new AtomicLong();

    final AtomicLong seconds = new AtomicLong();

    /** Targets with an input that broke the promise. */
    final AtomicInteger findings = new AtomicInteger();

    @Override
    public String toString() {
        return "targets=" + targets + " executions=" + executions + " seconds=" + seconds + " findings=" + findings;
    }
}
