package dev.latchkey.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the process that took a lease still lives (F-25). Each process locks a file of its own for as long as it
 * runs; the operating system lets go of it however the process ends. Who can lock the file of another knows that it is dead.
 *
 * <p>Thread-safety: to be called under the lock for housekeeping.
 */
final class AliveMarks {
    /**
     * What the names of the files of this JVM begin with, so that it opens none of them twice, also not from another class
     * loader: closing one drops its lock. Another process that happens to have the same is thought alive.
     */
    private static final String PROCESS = process();

    private static final String FORM = "[0-9]+-[0-9]+-[0-9a-f-]{36}\\.alive";

    private final Path directory;
    private final Permissions permissions;
    private final AtomicReference<@Nullable Mark> own = new AtomicReference<>();

    AliveMarks(Path directory, Permissions permissions) {
        this.directory = directory;
        this.permissions = permissions;
    }

    /** The lock is held for as long as this can be reached. */
    private record Mark(
            String name,
            FileChannel channel,
            FileLock lock,
            @Nullable Object identity) {}

    private static String process() {
        ProcessHandle process = ProcessHandle.current();
        long start = process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
        return process.pid() + "-" + start + "-";
    }

    /** {@return the name of this process's file, which is made where it is missing} */
    String own() throws IOException {
        Mark mark = own.get();
        if (mark == null || !Objects.equals(identity(mark.name()), mark.identity())) {
            mark = create();
            own.set(mark);
        }
        return mark.name();
    }

    private Mark create() throws IOException {
        String name = PROCESS + UUID.randomUUID() + ".alive";
        FileChannel channel = FileChannel.open(
                directory.resolve(name),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, NOFOLLOW_LINKS),
                permissions.ofAFile());
        return new Mark(name, channel, channel.lock(), identity(name));
    }

    private @Nullable Object identity(String name) throws IOException {
        try {
            return Files.readAttributes(directory.resolve(name), BasicFileAttributes.class, NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException e) {
            return name;
        }
    }

    static boolean isMark(String name) {
        return name.matches(FORM);
    }

    /** {@return whether the process of that file is certainly dead; its file is removed then} */
    boolean isDead(String name) throws IOException {
        if (name.startsWith(PROCESS)) {
            return false;
        }
        Path file = directory.resolve(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, NOFOLLOW_LINKS)) {
            if (!isFree(channel)) {
                return false;
            }
            Files.deleteIfExists(file);
            return true;
        } catch (NoSuchFileException e) {
            return true;
        } catch (AccessDeniedException e) {
            // Of another account: its lease lasts until it ends.
            return false;
        }
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Removes the files of dead processes. */
    void sweep() throws IOException {
        for (Path file : StoreFiles.list(directory, "*.alive")) {
            String name = file.getFileName().toString();
            if (isMark(name)) {
                var unused = isDead(name);
            }
        }
    }
}
