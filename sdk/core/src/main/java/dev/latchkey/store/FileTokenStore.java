package dev.latchkey.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.internal.time.Time;
import dev.latchkey.token.TokenKey;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store in a directory of a local disk, for all processes of one host, each of them with as many threads as it likes. A
 * file for each key, encrypted; nobody but the account of the program may read it.
 *
 * <p>A write is durable when it returns: it went to a new file, onto the disk, and took the old one's place in one step, so
 * that a crash at any moment leaves the old state or the new one. Neither the interrupt of a caller nor the death of a
 * process harms it: a lease whose process died is free at once. On a disk that is full or read-only leases are taken all the
 * same, by locks of the operating system, so that tokens can be renewed; only storing them fails.
 *
 * <p>A file that is damaged, or that others could have written, is never believed: reading it is a {@link TokenStoreException}
 * that says why. A write that expects nothing (0), as after a new sign-in, takes its place; what was there stays beside it,
 * under a name that ends in {@code .damaged-1} and so on, for you to look at and to delete.
 *
 * <p>Not for network file systems, whose locks and renames promise less. There is nothing to close.
 *
 * <p>Thread-safety: safe, also for several stores on the same directory and for several processes.
 */
public final class FileTokenStore implements TokenStore {
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    private final Path directory;
    private final TokenEncryption encryption;
    private final SharedDirectory shared;
    private final Time time;

    private FileTokenStore(Path directory, TokenEncryption encryption, SharedDirectory shared, Time time) {
        this.directory = directory;
        this.encryption = encryption;
        this.shared = shared;
        this.time = time;
    }

    /**
     * Opens a store. A directory that does not exist is created, for this account alone.
     *
     * @param directory where the files are; not a symbolic link, owned by the account of this program, and with the permissions
     *     {@code rwx------} where the file system has such
     * @param encryption how the tokens are encrypted
     * @return the store
     * @throws TokenStoreException if the directory cannot be created or written, or if others may use it
     */
    public static FileTokenStore open(Path directory, TokenEncryption encryption) throws TokenStoreException {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(encryption, "encryption");
        return open(directory, encryption, Permissions.of(directory), Time.system());
    }

    static FileTokenStore open(Path directory, TokenEncryption encryption, Permissions permissions, Time time)
            throws TokenStoreException {
        Path real = StoreDirectory.prepare(directory, permissions);
        var store = new FileTokenStore(real, encryption, SharedDirectory.of(real, permissions), time);
        store.sweep();
        return store;
    }

    private void sweep() throws TokenStoreException {
        var unused = shared.housekeeping(() -> {
            shared.files().sweep(time.now().minus(LEFT_BEHIND));
            shared.marks().sweep();
            return true;
        });
    }

    @Override
    public Optional<StoredToken> load(TokenKey key) throws TokenStoreException {
        Objects.requireNonNull(key, "key");
        return shared.unlocked(() -> Optional.ofNullable(read(key)));
    }

    private @Nullable StoredToken read(TokenKey key) throws IOException {
        String name = tokens(key.id());
        byte[] text = shared.files().read(name);
        try {
            return text == null ? null : encryption.decrypt(key, new String(text, ISO_8859_1));
        } catch (TokenStoreException e) {
            throw StoreFailures.in(directory.resolve(name), e);
        }
    }

    @Override
    public boolean compareAndSet(TokenKey key, long expected, StoredToken next) throws TokenStoreException {
        if (next.generation() <= expected) {
            throw new IllegalArgumentException("next: its generation " + next.generation()
                    + " is not above the expected one, " + expected + "; make it with next() of what was loaded");
        }
        byte[] text = encryption.encrypt(key, next).getBytes(ISO_8859_1);
        if (shared.unlocked(() -> isOvertaken(key, expected))) {
            return false;
        }
        String id = key.id();
        return shared.underLockOf(id, () -> {
            if (present(key, expected) != expected) {
                return false;
            }
            shared.files().write(tokens(id), text, true);
            return true;
        });
    }

    /** A look without the lock, so that those who come too late do not queue for it with those who write. */
    private boolean isOvertaken(TokenKey key, long expected) throws IOException {
        try {
            StoredToken present = read(key);
            return present != null && present.generation() != expected;
        } catch (TokenStoreException e) {
            return false;
        }
    }

    /** The generation that is stored, 0 for none. What cannot be read is in nobody's way who expects nothing. */
    private long present(TokenKey key, long expected) throws IOException {
        try {
            StoredToken present = read(key);
            return present == null ? 0 : present.generation();
        } catch (TokenStoreException e) {
            if (expected != 0) {
                throw e;
            }
            shared.files().setAside(tokens(key.id()), key.id() + ".damaged-");
            return 0;
        }
    }

    /**
     * {@inheritDoc} A file that cannot be read is renamed and kept, for somebody to look at.
     */
    @Override
    public void remove(TokenKey key) throws TokenStoreException {
        String id = Objects.requireNonNull(key, "key").id();
        var unused = shared.underLockOf(id, () -> {
            if (present(key, 0) != 0) {
                shared.files().delete(tokens(id));
            }
            return true;
        });
    }

    @Override
    public boolean lease(TokenKey key, String owner, Duration life) throws TokenStoreException {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(life, "life");
        String id = key.id();
        return shared.underLockOf(id, () -> {
            boolean free = isFree(lease(id), owner) && shared.heldLeases().isFree(id, owner, time.millis());
            return free && taken(id, owner, life);
        });
    }

    /** On a disk that takes no file, a lock is lease enough: a token that cannot be stored can still be fetched. */
    private boolean taken(String id, String owner, Duration life) throws IOException {
        try {
            String process = shared.housekeepingHere(shared.marks()::own);
            shared.files()
                    .write(
                            leases(id),
                            Lease.of(owner, life, time.millis(), process).write(),
                            false);
        } catch (TokenStoreException | NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            return shared.heldLeases().hold(id, Lease.of(owner, life, time.millis(), ""));
        }
        shared.heldLeases().drop(id);
        return true;
    }

    @Override
    public void release(TokenKey key, String owner) throws TokenStoreException {
        Objects.requireNonNull(owner, "owner");
        String id = key.id();
        var unused = shared.underLockOf(id, () -> {
            shared.heldLeases().drop(id, owner);
            Lease present = lease(id);
            if (present != null && present.owner().equals(owner)) {
                shared.files().delete(leases(id));
            }
            return true;
        });
    }

    private boolean isFree(@Nullable Lease present, String owner) throws IOException {
        return present == null
                || present.owner().equals(owner)
                || present.isOver(time.millis())
                || shared.housekeepingHere(() -> shared.marks().isDead(present.process()));
    }

    /** A lease that cannot be read is nobody's: what it guards, generations guard as well. */
    private @Nullable Lease lease(String id) throws IOException {
        try {
            byte[] file = shared.files().read(leases(id));
            return file == null ? null : Lease.read(file);
        } catch (TokenStoreException e) {
            return null;
        }
    }

    private static String tokens(String id) {
        return id + ".token";
    }

    private static String leases(String id) {
        return id + ".lease";
    }

    /** {@return the directory, never a token} */
    @Override
    public String toString() {
        return "FileTokenStore[" + directory + "]";
    }
}
