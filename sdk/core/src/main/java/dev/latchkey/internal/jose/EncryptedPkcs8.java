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
        throw source.refuse("not yet supported " + octets.length + password);
    }
}
