package dev.latchkey.store;

import dev.latchkey.error.TokenStoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What all stores of this JVM on one directory have in common (F-27): locks belong to processes, so two stores of one
 * process would take each other's locks away.
 *
 * <p>Thread-safety: safe.
 */
final class SharedDirectory {
    /** By real path. Never removed: the lock file must stay open for as long as anybody could use it. */
    private static final ConcurrentMap<Path, SharedDirectory> ALL = new ConcurrentHashMap<>();

    private final StoreFiles files;
    private final StoreLocks locks;
    private final AliveMarks marks;
    private final HeldLeases heldLeases;
    private final StoreThreads threads;

    private SharedDirectory(Path directory, Permissions permissions) {
        this.files = new StoreFiles(directory, permissions);
        this.locks = new StoreLocks(directory, permissions);
        this.marks = new AliveMarks(directory, permissions);
        this.heldLeases = new HeldLeases(locks);
        this.threads = new StoreThreads(directory);
    }

    static SharedDirectory of(Path realPath, Permissions permissions) {
        return ALL.computeIfAbsent(realPath, path -> new SharedDirectory(path, permissions));
    }

    StoreFiles files() {
        return files;
    }

    AliveMarks marks() {
        return marks;
    }

    HeldLeases heldLeases() {
        return heldLeases;
    }

    <T> T unlocked(StoreLocks.Work<T> work) throws TokenStoreException {
        return threads.call(work);
    }

    /** Waits for the lock from now on, so that a caller waits no longer because others do. */
    <T> T underLockOf(String id, StoreLocks.Work<T> work) throws TokenStoreException {
        long deadline = locks.deadline();
        return threads.call(() -> locks.within(StoreLocks.numberOf(id), deadline, work));
    }

    <T> T housekeeping(StoreLocks.Work<T> work) throws TokenStoreException {
        return threads.call(() -> housekeepingHere(work));
    }

    /** For a thread of the store; may hold the lock of a key, never the other way round. */
    <T> T housekeepingHere(StoreLocks.Work<T> work) throws IOException {
        return locks.within(StoreLocks.HOUSEKEEPING, locks.deadline(), work);
    }
}
