package dev.latchkey.internal.jose;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads keys in whatever form they come. */
public final class KeyReader {

    private final KeySource source;
    private final List<KeyMaterial> keys;

    private KeyReader(KeySource source, List<KeyMaterial> keys) {
        this.source = source;
        this.keys = keys;
    }

    /** Reads a file. */
    public static KeyReader file(Path file, char @Nullable [] password) {
        KeySource source = new KeySource(String.valueOf(file.getFileName()));
        try {
            return read(Files.readString(file, ISO_8859_1), password, source);
        } catch (IOException e) {
            throw source.refuse("it cannot be read");
        }
    }

    /** Reads a text. */
    public static KeyReader text(String text, char @Nullable [] password) {
        return read(text, password, KeySource.TEXT);
    }

    /** Reads one key of a PKCS#12 store. */
    public static KeyMaterial pkcs12(Path file, char[] password, @Nullable String alias) {
        return file(file, alias == null ? password : password.clone()).single();
    }

    /** The only key. */
    public KeyMaterial single() {
        if (keys.size() != 1) {
            throw source.refuse("several keys");
        }
        return keys.get(0);
    }

    /** All keys. */
    public List<KeyMaterial> all() {
        return keys;
    }

    private static KeyReader read(String text, char @Nullable [] password, KeySource source) {
        return new KeyReader(source, List.of(PemKeys.read(text, password, source)));
    }
}
