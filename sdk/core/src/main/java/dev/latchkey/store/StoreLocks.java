package dev.latchkey.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Locks that hold between the threads of this JVM and between processes: a mutex, and under it one byte of a file that
 * nothing else ever opens. The file is opened once and stays open, because an operating system drops all locks of a process
 * on a file as soon as the process closes it once.
 *
 * <p>Thread-safety: safe. Only for threads that nobody interrupts.
 */
final class StoreLocks {
    /** For what concerns the directory, not a key. */
    static final int HOUSEKEEPING = 16;

    static final String FILE = "lock";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(1);

    private final Path directory;
    private final Permissions permissions;
    private final Time time = Time.system();
    private final ReentrantLock[] mutexes = IntStream.rangeClosed(0, HOUSEKEEPING)
            .mapToObj(ignored -> new ReentrantLock(true))
            .toArray(ReentrantLock[]::new);
    private final ReentrantLock opening = new ReentrantLock();
    private final AtomicReference<@Nullable LockFile> opened = new AtomicReference<>();

    StoreLocks(Path directory, Permissions permissions) {
        this.directory = directory;
        this.permissions = permissions;
    }

    /** What runs under a lock. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** An open lock file, and what file it was: somebody may delete it, and others would then lock another one. */
    private record LockFile(FileChannel channel, @Nullable Object identity) {}

    /** {@return the lock of a key, by its id} */
    static int numberOf(String id) {
        return Character.digit(id.charAt(0), HOUSEKEEPING);
    }

    /** {@return until when a caller of now waits} */
    long deadline() {
        return time.nanos() + LONGEST_WAIT.toNanos();
    }

    <T> T within(int number, long deadline, Work<T> work) throws IOException {
        ReentrantLock mutex = mutexes[number];
        try {
            if (!mutex.tryLock(Math.max(0, deadline - time.nanos()), TimeUnit.NANOSECONDS)) {
                throw busy();
            }
            try {
                return underMutex(number, deadline, work);
            } finally {
                mutex.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a lock");
        }
    }

    private <T> T underMutex(int number, long deadline, Work<T> work) throws IOException, InterruptedException {
        FileLock lock = awaited(number, deadline);
        try {
            return work.run();
        } finally {
            release(lock);
        }
    }

    /** While it waits, the mutex is free: another thread of ours may be luckier. */
    private FileLock awaited(int number, long deadline) throws IOException, InterruptedException {
        Condition later = mutexes[number].newCondition();
        while (true) {
            FileLock lock = attempt(number);
            if (lock != null) {
                return lock;
            }
            if (time.nanos() - deadline >= 0) {
                throw busy();
            }
            var unused = later.awaitNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toNanos()));
        }
    }

    /** {@return the lock of that byte, for the caller to release; null where it is not free} */
    @Nullable
    FileLock attempt(long number) throws IOException {
        LockFile file = lockFile();
        FileLock lock = tried(file.channel(), number);
        if (lock == null || Objects.equals(identity(), file.identity())) {
            return lock;
        }
        // Not closed: another thread may still work under a lock of the old file.
        release(lock);
        opened.compareAndSet(file, null);
        return null;
    }

    /** A second class loader of this JVM with its own copy of this class is told by the exception. */
    private static @Nullable FileLock tried(FileChannel channel, long number) throws IOException {
        try {
            return channel.tryLock(number, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** One at a time: a second channel would drop the locks of the first as soon as it is closed or collected. */
    private LockFile lockFile() throws IOException {
        opening.lock();
        try {
            LockFile present = opened.get();
            LockFile file = present != null ? present : open();
            opened.set(file);
            return file;
        } finally {
            opening.unlock();
        }
    }

    private LockFile open() throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(FILE),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, NOFOLLOW_LINKS),
                permissions.ofAFile());
        return new LockFile(channel, identity());
    }

    private @Nullable Object identity() throws IOException {
        try {
            return Files.readAttributes(directory.resolve(FILE), BasicFileAttributes.class, NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException e) {
            return FILE;
        }
    }

    static void release(FileLock lock) throws IOException {
        try {
            lock.release();
        } catch (ClosedChannelException e) {
            // Then there is no lock any more either.
            return;
        }
    }

    private TokenStoreException busy() {
        return StoreFailures.busy(directory, LONGEST_WAIT.toMillis());
    }
}
