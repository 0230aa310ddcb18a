package dev.latchkey;

import dev.latchkey.event.EventListener;
import dev.latchkey.event.TokenEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps events, and lets a test wait for one without polling. */
final class EventLog implements EventListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final List<TokenEvent> events = new ArrayList<>();

    @Override
    public void onEvent(TokenEvent event) {
        lock.lock();
        try {
            events.add(event);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    <T extends TokenEvent> List<T> of(Class<T> kind) {
        lock.lock();
        try {
            return events.stream().filter(kind::isInstance).map(kind::cast).toList();
        } finally {
            lock.unlock();
        }
    }

    void await(Class<? extends TokenEvent> kind, int count) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(5);
            while (of(kind).size() < count) {
                left = added.awaitNanos(left);
                if (left <= 0) {
                    throw new AssertionError("only " + of(kind).size() + " of " + count + " " + kind.getSimpleName());
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
