package dev.latchkey.internal.jose;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the octets of a key file, and says in words why it cannot. */
final class KeyFile {

    private static final int LARGEST = 1 << 20;

    private KeyFile() {}

    static byte[] read(Path file, KeySource source) {
        if (Files.isDirectory(file)) {
            throw source.refuse("it is a directory. Name the key file inside it.");
        }
        byte[] octets = octets(file, source);
        if (octets.length > LARGEST) {
            throw source.refuse("it is larger than 1 MiB, so it is no key file. Check the path.");
        }
        return octets;
    }

    private static byte[] octets(Path file, KeySource source) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException e) {
            throw source.refuse("the file does not exist. Check the path; a relative one starts at the working"
                    + " directory of the program.");
        } catch (AccessDeniedException e) {
            throw source.refuse("the file may not be read by this program. Check its owner and its permissions.");
        } catch (IOException e) {
            throw source.refuse("the file cannot be read (" + e.getClass().getSimpleName() + "). Check the disk.");
        }
    }
}
