package dev.latchkey.testing;

import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A task of the {@link FakeScheduler}, ordered by due time, then by the order of arrival. */
final class FakeTask<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {

    private static final Comparator<FakeTask<?>> ORDER =
            Comparator.<FakeTask<?>>comparingLong(t -> t.dueNanos).thenComparingLong(t -> t.number);

    private final Timeline timeline;

    /** As in {@code ScheduledThreadPoolExecutor}: zero runs once, above zero is a fixed rate, below a fixed delay. */
    private final long periodNanos;

    private volatile long dueNanos;
    private volatile long number;

    FakeTask(Timeline timeline, Callable<V> work, long dueNanos, long periodNanos) {
        super(work);
        this.timeline = timeline;
        this.dueNanos = dueNanos;
        this.periodNanos = periodNanos;
    }

    long dueNanos() {
        return dueNanos;
    }

    void number(long arrival) {
        number = arrival;
    }

    @Override
    public boolean isPeriodic() {
        return periodNanos != 0;
    }

    @Override
    public void run() {
        if (!isPeriodic()) {
            super.run();
        } else if (runAndReset()) {
            dueNanos = periodNanos > 0
                    ? dueNanos + periodNanos
                    : timeline.reading().elapsedNanos() - periodNanos;
            timeline.add(this);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        timeline.remove(this);
        return cancelled;
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(dueNanos - timeline.reading().elapsedNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return ORDER.compare(this, (FakeTask<?>) other);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
