package dev.latchkey;

import dev.latchkey.internal.time.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Bounds the retries of a manager over all its keys, so that an outage seen by thousands of users does not multiply the
 * load of a server that is down already.
 *
 * <p>Thread-safety: safe.
 */
final class RetryBudget {
    private static final Allowance.Rate RETRIES = new Allowance.Rate(100, Duration.ofMillis(100));

    private final Time time;
    private final AtomicReference<Allowance> allowance;

    RetryBudget(Time time) {
        this.time = time;
        this.allowance = new AtomicReference<>(Allowance.full(RETRIES, time.nanos()));
    }

    /** Takes one retry. Gives whether there was one left. */
    boolean take() {
        long nanos = time.nanos();
        while (true) {
            Allowance before = allowance.get();
            if (before.isEmptyAt(nanos)) {
                return false;
            }
            if (allowance.compareAndSet(before, before.used(nanos))) {
                return true;
            }
        }
    }
}
