package dev.latchkey.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.TokenStoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Locks of one file, a byte for each: who waits is told in time, and nobody locks a file that is gone. */
@Timeout(30)
class StoreLocksTest {
    private static final int ONE = 1;

    private @TempDir Path directory;
    private StoreLocks locks;
    private final CountDownLatch done = new CountDownLatch(1);

    @BeforeEach
    void open() {
        locks = new StoreLocks(directory, Permissions.of(directory));
    }

    @AfterEach
    void letGo() {
        done.countDown();
    }

    /** A thread that is inside until the end of the test. */
    private Thread holder() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            try {
                locks.within(ONE, locks.deadline(), () -> {
                    inside.countDown();
                    return await();
                });
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        thread.start();
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        return thread;
    }

    private boolean await() {
        try {
            return done.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void numberOf_keys_spreadsThem() {
        assertThat(StoreLocks.numberOf("0a")).isZero();
        assertThat(StoreLocks.numberOf("fa")).isEqualTo(15);
    }

    @Test
    void within_threadOfOursInside_isToldAtTheDeadlineWhatToDo() throws Exception {
        holder();
        long deadline = System.nanoTime() + Duration.ofMillis(50).toNanos();

        assertThatThrownBy(() -> locks.within(ONE, deadline, () -> true))
                .isInstanceOfSatisfying(
                        TokenStoreException.class,
                        e -> assertThat(e.isRetryable()).isTrue())
                .hasMessageContaining(directory.toString());
        assertThat(System.nanoTime() - deadline).isNotNegative();
        assertThat(locks.within(ONE + 1, locks.deadline(), () -> "other")).isEqualTo("other");
    }

    @Test
    void within_otherProcessInside_isToldAtTheDeadline() throws Exception {
        StoreLocks other = new StoreLocks(directory, Permissions.of(directory));
        FileLock theirs = other.attempt(ONE);
        long deadline = System.nanoTime() + Duration.ofMillis(50).toNanos();

        assertThatThrownBy(() -> locks.within(ONE, deadline, () -> true)).isInstanceOf(TokenStoreException.class);
        StoreLocks.release(theirs);
        assertThat(locks.within(ONE, locks.deadline(), () -> true)).isTrue();
    }

    @Test
    void within_interruptedWhileItWaits_endsAtOnceAndStaysInterrupted() throws Exception {
        holder();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            try {
                locks.within(ONE, System.nanoTime() + Duration.ofMinutes(1).toNanos(), () -> true);
            } catch (IOException e) {
                thrown.set(e);
                interrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        waiting.start();
        waiting.interrupt();
        waiting.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void attempt_again_locksTheSameOpenFile() throws Exception {
        FileLock first = locks.attempt(ONE);
        FileLock second = locks.attempt(ONE + 1);

        assertThat(second.acquiredBy()).isSameAs(first.acquiredBy());
        assertThat(locks.attempt(ONE)).isNull();
        StoreLocks.release(first);
        StoreLocks.release(second);
    }

    @Test
    void attempt_lockFileDeletedByOthers_locksTheNewOne() throws Exception {
        FileLock old = locks.attempt(ONE);
        StoreLocks.release(old);
        Files.delete(directory.resolve(StoreLocks.FILE));

        assertThat(locks.attempt(ONE)).as("of a file that is gone").isNull();
        FileLock lock = locks.attempt(ONE);
        assertThat(lock.acquiredBy()).isNotSameAs(old.acquiredBy());
        assertThat(directory.resolve(StoreLocks.FILE)).exists();
        StoreLocks.release(lock);
    }
}
