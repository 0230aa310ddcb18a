package dev.latchkey.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The timer of {@link FakeTime}: it has no thread, its tasks run on the thread that advances the time. */
final class FakeScheduler extends AbstractExecutorService implements ScheduledExecutorService {

    private final Timeline timeline;
    private volatile boolean shutdown;

    FakeScheduler(Timeline timeline) {
        this.timeline = timeline;
    }

    @Override
    public void execute(Runnable command) {
        timeline.add(task(Executors.callable(command), 0, 0));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(Executors.callable(command), unit.toNanos(delay), 0);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return add(callable, unit.toNanos(delay), 0);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return add(Executors.callable(command), unit.toNanos(initialDelay), unit.toNanos(positive(period)));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return add(Executors.callable(command), unit.toNanos(initialDelay), -unit.toNanos(positive(delay)));
    }

    private static long positive(long period) {
        if (period <= 0) {
            throw new IllegalArgumentException("The period must be above zero, but is " + period);
        }
        return period;
    }

    private <V> FakeTask<V> add(Callable<V> work, long delayNanos, long periodNanos) {
        FakeTask<V> task = task(work, delayNanos, periodNanos);
        timeline.add(task);
        return task;
    }

    private <V> FakeTask<V> task(Callable<V> work, long delayNanos, long periodNanos) {
        Objects.requireNonNull(work, "work");
        if (shutdown) {
            throw new RejectedExecutionException("The fake scheduler was shut down");
        }
        long due = timeline.dueAfter(delayNanos, TimeUnit.NANOSECONDS);
        return new FakeTask<>(timeline, work, due, periodNanos);
    }

    /** Takes no more tasks; those with a due time stay, periodic ones are cancelled, as the JDK's pool does. */
    @Override
    public void shutdown() {
        shutdown = true;
        timeline.pendingTasks().stream().filter(FakeTask::isPeriodic).forEach(task -> task.cancel(false));
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        List<FakeTask<?>> left = timeline.pendingTasks();
        left.forEach(timeline::remove);
        return new ArrayList<>(left);
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && timeline.pending() == 0;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return timeline.awaitNonePending(Duration.ofNanos(unit.toNanos(timeout))) && shutdown;
    }
}
