package dev.latchkey.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.latchkey.error.TokenStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The files of one directory: read with suspicion, written whole or not at all (V-25, V-26). */
final class StoreFiles {
    private static final int LARGEST = 1 << 20;
    private static final int MOST_SET_ASIDE = 9;
    private static final String TEMPORARY = "[0-9a-f-]{36}\\.tmp";
    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, NOFOLLOW_LINKS);

    private final Path directory;
    private final Permissions permissions;

    StoreFiles(Path directory, Permissions permissions) {
        this.directory = directory;
        this.permissions = permissions;
    }

    /** The octets of a file, or null where there is none. */
    byte @Nullable [] read(String name) throws IOException {
        Path file = directory.resolve(name);
        try {
            check(file);
            try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
                return in.readNBytes(LARGEST + 1);
            }
        } catch (NoSuchFileException e) {
            if (!Files.isDirectory(directory, NOFOLLOW_LINKS)) {
                throw e;
            }
            return null;
        }
    }

    private void check(Path file) throws IOException {
        BasicFileAttributes attributes = permissions.attributes(file);
        if (!attributes.isRegularFile()) {
            throw unusable(file, "it is no regular file", "Find out who put it there.");
        }
        if (attributes.size() > LARGEST) {
            throw unusable(file, "it has " + attributes.size() + " bytes", "Find out who wrote it.");
        }
        if (attributes instanceof PosixFileAttributes known && Permissions.areOpenToOthers(known)) {
            throw unusable(
                    file,
                    "others may read or write it (" + Permissions.text(known) + ")",
                    "Find out who changed that and whether the token was read. To go on with it: chmod 600.");
        }
    }

    private static TokenStoreException unusable(Path file, String outcome, String remedy) {
        return StoreFailures.in(
                file, StoreFailures.unreadable(outcome, remedy + " A new sign-in of the user replaces the file."));
    }

    /** Puts a file in place of the one that is there. After a durable write, a loss of power finds the new one. */
    void write(String name, byte[] octets, boolean durably) throws IOException {
        Path temporary = directory.resolve(temporaryName());
        try {
            fill(temporary, octets, durably);
            Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteQuietly(temporary, e);
            throw e;
        }
        if (durably) {
            syncDirectory();
        }
    }

    private void fill(Path temporary, byte[] octets, boolean durably) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, NEW, permissions.ofAFile())) {
            ByteBuffer buffer = ByteBuffer.wrap(octets);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (durably) {
                channel.force(true);
            }
        }
    }

    /** Elsewhere than under POSIX a directory cannot be opened, and its entries are durable by themselves. */
    private void syncDirectory() throws IOException {
        if (permissions.arePosix()) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    /** Renames what cannot be read, for a person to look at. The last name is used again, so that they do not add up. */
    void setAside(String name, String newName) throws IOException {
        int number = 1;
        while (number < MOST_SET_ASIDE && Files.exists(directory.resolve(newName + number), NOFOLLOW_LINKS)) {
            number++;
        }
        Files.move(directory.resolve(name), directory.resolve(newName + number), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what processes left behind that died while they wrote. */
    void sweep(Instant before) throws IOException {
        for (Path file : list(directory, "*.tmp")) {
            if (file.getFileName().toString().matches(TEMPORARY) && isOlder(file, before)) {
                Files.deleteIfExists(file);
            }
        }
    }

    static List<Path> list(Path directory, String glob) throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
            found.forEach(all::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return all;
    }

    private static boolean isOlder(Path file, Instant before) throws IOException {
        try {
            return Files.getLastModifiedTime(file, NOFOLLOW_LINKS).toInstant().isBefore(before);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Nobody can know it beforehand, and so put something in its place (V-26). */
    static String temporaryName() {
        return UUID.randomUUID() + ".tmp";
    }

    private static void deleteQuietly(Path file, IOException failure) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
