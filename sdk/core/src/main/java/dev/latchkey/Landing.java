package dev.latchkey;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what is under way and must land, since it spends what works once; lets the end of a manager wait for it. */
final class Landing {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition landed = lock.newCondition();
    private int underWay;

    void begin() {
        add(1);
    }

    void end() {
        add(-1);
    }

    private void add(int change) {
        lock.lock();
        try {
            underWay += change;
            landed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is under way, or the patience is over; an interrupt ends the wait and stays. */
    void await(Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (underWay > 0 && left > 0) {
                left = landed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
