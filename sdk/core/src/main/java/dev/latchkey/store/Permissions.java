package dev.latchkey.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Who may read and write, set in the same step that creates (V-25); nothing of it where the file system knows no POSIX. */
final class Permissions {
    private static final Set<PosixFilePermission> OWN = EnumSet.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);

    private final boolean posix;

    private Permissions(boolean posix) {
        this.posix = posix;
    }

    static Permissions of(Path path) {
        return new Permissions(
                path.getFileSystem().supportedFileAttributeViews().contains("posix"));
    }

    /** Of a file system that knows owners and permissions in another way. */
    static Permissions none() {
        return new Permissions(false);
    }

    boolean arePosix() {
        return posix;
    }

    FileAttribute<?>[] ofAFile() {
        return only(OWNER_READ, OWNER_WRITE);
    }

    FileAttribute<?>[] ofADirectory() {
        return only(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);
    }

    private FileAttribute<?>[] only(PosixFilePermission first, PosixFilePermission... rest) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(EnumSet.of(first, rest))}
                : new FileAttribute<?>[0];
    }

    /** The attributes of the file itself, not of what a link leads to. */
    BasicFileAttributes attributes(Path path) throws IOException {
        Class<? extends BasicFileAttributes> kind = posix ? PosixFileAttributes.class : BasicFileAttributes.class;
        return Files.readAttributes(path, kind, NOFOLLOW_LINKS);
    }

    static boolean areOpenToOthers(PosixFileAttributes attributes) {
        return !OWN.containsAll(attributes.permissions());
    }

    static String text(PosixFileAttributes attributes) {
        return PosixFilePermissions.toString(attributes.permissions());
    }
}
