package dev.latchkey.examples;

import dev.latchkey.TokenManager;
import dev.latchkey.error.OAuthException;
import dev.latchkey.store.FileTokenStore;
import dev.latchkey.store.TokenEncryption;
import dev.latchkey.store.TokenStore;
import java.nio.file.Path;

/** Tokens in a directory, for all processes of a host, encrypted with a key that comes from outside. */
public final class FileStore {
    private FileStore() {}

    /**
     * Makes a manager that shares its tokens with the other processes of this host, and finds them again after a restart.
     *
     * @param builder a manager's builder, with client and key
     * @return the manager
     * @throws OAuthException if the directory cannot be used
     */
    public static TokenManager shared(TokenManager.Builder builder) throws OAuthException {
        // begin: file store
        TokenEncryption encryption = TokenEncryption.ofBase64("2026-11", System.getenv("TOKEN_KEY"));
        TokenStore store = FileTokenStore.open(Path.of("/var/lib/my-app/tokens"), encryption);
        TokenManager tokens = builder.store(store).build();
        // end: file store
        return tokens;
    }

    /**
     * Changes the key: what the former one encrypted stays readable, what is written has the new one.
     *
     * @param current the key from now on, in base64
     * @param former the key until now, in base64
     * @return the encryption
     */
    public static TokenEncryption rotated(String current, String former) {
        // begin: key rotation
        TokenEncryption encryption =
                TokenEncryption.ofBase64("2027-01", current).withFormerKeyBase64("2026-11", former);
        // end: key rotation
        return encryption;
    }
}
