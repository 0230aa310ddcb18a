package dev.latchkey.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.latchkey.error.TokenStoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;

/** Makes the directory of a store, or refuses one that others could have their hands in (V-25, V-26). */
final class StoreDirectory {
    private StoreDirectory() {}

    /** {@return the directory by the one name that all its users agree on} */
    static Path prepare(Path directory, Permissions permissions) throws TokenStoreException {
        try {
            create(directory, permissions);
            check(directory, permissions);
            return directory.toRealPath();
        } catch (TokenStoreException e) {
            throw e;
        } catch (IOException e) {
            throw StoreFailures.failed(directory, e);
        }
    }

    private static void create(Path directory, Permissions permissions) throws IOException {
        if (Files.exists(directory, NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.createDirectories(directory, permissions.ofADirectory());
        } catch (FileAlreadyExistsException e) {
            // Another process was quicker, or there is something else: the check tells.
            return;
        }
    }

    private static void check(Path directory, Permissions permissions) throws IOException {
        BasicFileAttributes attributes = permissions.attributes(directory);
        if (attributes.isSymbolicLink()) {
            throw StoreFailures.refused(
                    directory, "it is a symbolic link", "Name the directory that it leads to, if that is the one.");
        }
        if (!attributes.isDirectory()) {
            throw StoreFailures.refused(directory, "it is no directory", "Name a directory, or one to be created.");
        }
        if (attributes instanceof PosixFileAttributes known) {
            check(directory, permissions, known);
        }
    }

    private static void check(Path directory, Permissions permissions, PosixFileAttributes attributes)
            throws IOException {
        if (Permissions.areOpenToOthers(attributes)) {
            throw StoreFailures.refused(
                    directory,
                    "others may use it (" + Permissions.text(attributes) + ")",
                    "Make it private with chmod 700, or name a directory inside it that is still to be created.");
        }
        UserPrincipal we = owner(directory.resolve(StoreFiles.temporaryName()), permissions);
        if (!attributes.owner().equals(we)) {
            throw StoreFailures.refused(
                    directory,
                    "it belongs to " + attributes.owner().getName() + ", and this program runs as " + we.getName(),
                    "Run the program under the account that owns the tokens, or name a directory of its own.");
        }
    }

    /** Only a file of our own tells who we are: the name of the account may be missing, or be another one. */
    private static UserPrincipal owner(Path newFile, Permissions permissions) throws IOException {
        Files.createFile(newFile, permissions.ofAFile());
        try {
            return Files.getOwner(newFile, NOFOLLOW_LINKS);
        } finally {
            Files.deleteIfExists(newFile);
        }
    }
}
