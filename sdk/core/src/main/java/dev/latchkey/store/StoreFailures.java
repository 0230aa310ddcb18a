package dev.latchkey.store;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.TokenStoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes the exceptions of stores. */
final class StoreFailures {
    private StoreFailures() {}

    /** What is stored cannot be used, and trying again does not help. No cause: other libraries quote what they read. */
    static TokenStoreException unreadable(String outcome, String remedy) {
        return new TokenStoreException(ErrorDetails.builder("Reading a stored token", outcome)
                .remedy(remedy)
                .requestSent(false)
                .build());
    }

    static TokenStoreException notAToken() {
        return unreadable(
                "it is damaged, or was not written by this SDK",
                "Restore it from where it was copied from, or have the user sign in again, which replaces it.");
    }

    /** The same failure, with the file that it is about. */
    static TokenStoreException in(Path file, TokenStoreException failure) {
        return new TokenStoreException(
                failure.details().toBuilder().where(file.toString()).build());
    }

    /** The directory is none that tokens may be put into. */
    static TokenStoreException refused(Path directory, String outcome, String remedy) {
        return new TokenStoreException(ErrorDetails.builder("Opening a token store", outcome)
                .where(directory.toString())
                .remedy(remedy)
                .requestSent(false)
                .build());
    }

    /** The lock was not free in time. */
    static TokenStoreException busy(Path directory, long waitedMillis) {
        return new TokenStoreException(
                ErrorDetails.builder("Token store", "its lock was held by others for " + waitedMillis + " ms")
                        .where(directory.toString())
                        .remedy("Look for a process that uses this directory and was stopped or waits for a slow disk.")
                        .retryable(true)
                        .requestSent(false)
                        .build());
    }

    /** The file system failed. What was stored before is still there. */
    static TokenStoreException failed(Path directory, IOException e) {
        var details = ErrorDetails.builder("Token store", "the file system failed: " + what(e))
                .where(directory.toString())
                .remedy(remedy(e))
                .retryable(true)
                .requestSent(false);
        return new TokenStoreException(details.build(), e);
    }

    private static String what(IOException e) {
        @Nullable String reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
        return e.getClass().getSimpleName() + (reason == null ? "" : ", " + reason);
    }

    private static String remedy(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "The directory is gone: bring it back, empty or with its files, and with the permissions rwx------.";
        }
        if (e instanceof AccessDeniedException) {
            return "Let the account of this program own the directory and the files in it, and mount it for writing.";
        }
        return "Look whether the disk is full, mounted read-only or broken. What was stored before is still there.";
    }
}
