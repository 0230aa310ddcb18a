package dev.latchkey.testing;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the requests that arrive and, when told to, holds them until released. */
final class Gate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int arrived;
    private boolean held;
    private boolean removed;

    void hold() {
        set(true);
    }

    void release() {
        set(false);
    }

    /** Opens for good. */
    void remove() {
        lock.lock();
        try {
            removed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void set(boolean hold) {
        lock.lock();
        try {
            held = hold;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void pass() throws InterruptedException {
        lock.lock();
        try {
            arrived++;
            changed.signalAll();
            while (held && !removed) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    void awaitArrived(int count, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (arrived < count && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (arrived < count) {
                throw new AssertionError("Waited " + patience.toMillis() + " ms for " + count + " requests, but only "
                        + arrived + " arrived");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + count + " requests", e);
        } finally {
            lock.unlock();
        }
    }
}
