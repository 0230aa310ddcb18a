package dev.latchkey.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** How much time has passed, and what is due when. Shared by {@link FakeTime} and its scheduler. */
final class Timeline {

    /** Held while tasks run, so that two advances never mix. Taken before {@link #lock}, never after it. */
    private final ReentrantLock advancing = new ReentrantLock();

    /** Guards everything below; no task runs under it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final PriorityQueue<FakeTask<?>> tasks = new PriorityQueue<>();
    private Reading reading = new Reading(0, Duration.ZERO);
    private long nextNumber;

    /** What both clocks derive from, read in one piece. */
    record Reading(long elapsedNanos, Duration step) {}

    Reading reading() {
        lock.lock();
        try {
            return reading;
        } finally {
            lock.unlock();
        }
    }

    void step(Duration by) {
        lock.lock();
        try {
            reading = new Reading(reading.elapsedNanos(), reading.step().plus(by));
        } finally {
            lock.unlock();
        }
    }

    void advance(Duration by) {
        if (advancing.isHeldByCurrentThread()) {
            throw new IllegalStateException("A task must not advance the time that it runs on");
        }
        advancing.lock();
        try {
            long target = Math.addExact(reading().elapsedNanos(), by.toNanos());
            for (FakeTask<?> due = nextDue(target); due != null; due = nextDue(target)) {
                due.run();
            }
        } finally {
            advancing.unlock();
        }
    }

    /** Moves to the next due task and hands it over; moves to the target and returns null where there is none. */
    private @Nullable FakeTask<?> nextDue(long target) {
        lock.lock();
        try {
            FakeTask<?> next = tasks.peek();
            boolean due = next != null && next.dueNanos() <= target;
            long until = due ? Math.max(next.dueNanos(), reading.elapsedNanos()) : target;
            reading = new Reading(until, reading.step());
            return due ? poll() : null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable FakeTask<?> poll() {
        changed.signalAll();
        return tasks.poll();
    }

    void add(FakeTask<?> task) {
        lock.lock();
        try {
            task.number(nextNumber++);
            tasks.add(task);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void remove(FakeTask<?> task) {
        lock.lock();
        try {
            tasks.remove(task);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int pending() {
        return pendingTasks().size();
    }

    List<FakeTask<?>> pendingTasks() {
        lock.lock();
        try {
            return new ArrayList<>(tasks);
        } finally {
            lock.unlock();
        }
    }

    void awaitPending(int count, Duration patience) {
        boolean there;
        try {
            there = await(() -> tasks.size() >= count, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + count + " scheduled tasks", e);
        }
        if (!there) {
            throw new AssertionError("Waited " + patience.toMillis() + " ms for " + count
                    + " scheduled tasks, but there are " + pending());
        }
    }

    boolean awaitNonePending(Duration patience) throws InterruptedException {
        return await(tasks::isEmpty, patience);
    }

    private boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!condition.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return condition.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    long dueAfter(long delay, TimeUnit unit) {
        return reading().elapsedNanos() + Math.max(0, unit.toNanos(delay));
    }
}
