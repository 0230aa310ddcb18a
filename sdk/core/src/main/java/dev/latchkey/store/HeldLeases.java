package dev.latchkey.store;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Leases that no file tells of, since the disk is full or read-only (F-28): each is a lock on one byte of the lock file, which
 * takes no room. It is held until it is given back, and falls with its process (F-25).
 *
 * <p>Thread-safety: to be called under the lock of the key.
 */
final class HeldLeases {
    /** Behind the bytes that {@link StoreLocks} uses itself. */
    private static final long FIRST = 1L << 20;

    private static final int DIGITS = 12;
    private static final int HEXADECIMAL = 16;

    private final StoreLocks locks;
    private final ConcurrentMap<String, Held> held = new ConcurrentHashMap<>();

    HeldLeases(StoreLocks locks) {
        this.locks = locks;
    }

    private record Held(FileLock lock, Lease lease) {}

    /** Two keys of one byte only wait for each other. */
    private static long byteOf(String id) {
        return FIRST + Long.parseLong(id.substring(0, DIGITS), HEXADECIMAL);
    }

    boolean isFree(String id, String owner, long now) throws IOException {
        Held present = held.get(id);
        if (present != null) {
            return present.lease().owner().equals(owner) || present.lease().isOver(now);
        }
        FileLock lock = locks.attempt(byteOf(id));
        if (lock != null) {
            StoreLocks.release(lock);
        }
        return lock != null;
    }

    /** Holds a lease that is free; tells whether that went well. */
    boolean hold(String id, Lease lease) throws IOException {
        Held present = held.get(id);
        @Nullable FileLock lock = present == null ? locks.attempt(byteOf(id)) : present.lock();
        if (lock == null) {
            return false;
        }
        held.put(id, new Held(lock, lease));
        return true;
    }

    /** Gives up the lease of an owner. */
    void drop(String id, String owner) throws IOException {
        Held present = held.get(id);
        if (present != null && present.lease().owner().equals(owner)) {
            drop(id);
        }
    }

    /** Gives up whatever lease there is. */
    void drop(String id) throws IOException {
        Held present = held.remove(id);
        if (present != null) {
            StoreLocks.release(present.lock());
        }
    }
}
