package dev.latchkey.store;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.internal.jose.Jwe;
import dev.latchkey.internal.jose.JweException;
import dev.latchkey.token.TokenKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a stored token is encrypted, for stores that outlive the process: the SDK's own, and one of your own. A stored token
 * becomes one line of ASCII, a compact JWE (RFC 7516) with {@code alg} {@code dir} and {@code enc} {@code A256GCM} (RFC 7518,
 * sections 4.5 and 5.3). It is bound to its {@link TokenKey}, so that it cannot be passed off as the token of another user.
 *
 * <p>Keys have names, which stand in the text. To change the key, make a new one the current key and name the one before it
 * with {@link #withFormerKey}: what it encrypted stays readable, what is written from then on has the new key.
 *
 * <p>Thread-safety: immutable.
 */
public final class TokenEncryption {
    private static final int KEY_OCTETS = 32;
    private static final int LONGEST_KEY_ID = 64;
    private static final int LONGEST_TEXT = 1 << 20;

    private final String keyId;
    private final SecretKey current;
    private final Map<String, SecretKey> keys;

    private TokenEncryption(String keyId, SecretKey current, Map<String, SecretKey> keys) {
        this.keyId = keyId;
        this.current = current;
        this.keys = keys;
    }

    /**
     * Encrypts with a key.
     *
     * @param keyId the name of the key, for example the date it was made; at most 64 letters, digits and {@code . _ : -}. It
     *     is no secret
     * @param key the key: 32 random bytes
     * @return the encryption
     * @throws IllegalArgumentException if the key has another length, or the name other characters
     */
    public static TokenEncryption of(String keyId, byte[] key) {
        String name = checkedName(keyId);
        SecretKey current = secretKey(Objects.requireNonNull(key, "key"));
        return new TokenEncryption(name, current, Map.of(name, current));
    }

    /**
     * Encrypts with a key that is given as text, such as {@code openssl rand -base64 32} prints.
     *
     * @param keyId the name of the key, as in {@link #of}
     * @param base64 32 random bytes in base64 or base64url; white space around it is ignored
     * @return the encryption
     * @throws IllegalArgumentException if the text is not base64 or the key has another length, or the name other characters
     */
    public static TokenEncryption ofBase64(String keyId, String base64) {
        return of(keyId, decoded(Objects.requireNonNull(base64, "base64")));
    }

    /**
     * Adds a key that still decrypts what it once encrypted. Nothing is encrypted with it any more.
     *
     * @param formerKeyId the name that the key had
     * @param key the key: 32 bytes
     * @return an encryption that also reads what this key wrote
     * @throws IllegalArgumentException if there is a key of this name already, or as in {@link #of}
     */
    public TokenEncryption withFormerKey(String formerKeyId, byte[] key) {
        String name = checkedName(formerKeyId);
        Objects.requireNonNull(key, "key");
        if (keys.containsKey(name)) {
            throw new IllegalArgumentException("formerKeyId: there is a key \"" + name
                    + "\" already; give each key a name of its own, and each former key the name it had");
        }
        Map<String, SecretKey> more = new LinkedHashMap<>(keys);
        more.put(name, secretKey(key));
        return new TokenEncryption(keyId, current, more);
    }

    /**
     * Adds a former key that is given as text.
     *
     * @param formerKeyId the name that the key had
     * @param base64 the key in base64 or base64url; white space around it is ignored
     * @return an encryption that also reads what this key wrote
     * @throws IllegalArgumentException as in {@link #withFormerKey} and {@link #ofBase64}
     */
    public TokenEncryption withFormerKeyBase64(String formerKeyId, String base64) {
        return withFormerKey(formerKeyId, decoded(Objects.requireNonNull(base64, "base64")));
    }

    /**
     * Encrypts.
     *
     * @param key whose token it is
     * @param token what to store
     * @return one line of ASCII, another one each time; below 1 MiB
     * @throws IllegalArgumentException if the tokens are beyond 256 KiB
     */
    public String encrypt(TokenKey key, StoredToken token) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(token, "token");
        return Jwe.encrypt(keyId, current, StoredTokenJson.write(key, token));
    }

    /**
     * Decrypts. What comes back is exactly what was encrypted for this key, or an exception.
     *
     * @param key whose token it should be
     * @param text what {@link #encrypt} gave
     * @return the stored token
     * @throws TokenStoreException if the text is damaged, belongs to another token key, was encrypted with a key that is not
     *     known here, or is of a later format
     */
    public StoredToken decrypt(TokenKey key, String text) throws TokenStoreException {
        Objects.requireNonNull(key, "key");
        if (Objects.requireNonNull(text, "text").length() > LONGEST_TEXT) {
            throw StoreFailures.unreadable(
                    "it has " + text.length() + " characters, more than any stored token (" + LONGEST_TEXT + ")",
                    "Look at what was written in its place. A new sign-in replaces it.");
        }
        return StoredTokenJson.read(key, payload(text));
    }

    private byte[] payload(String text) throws TokenStoreException {
        Jwe jwe = parsed(text);
        String name = jwe.keyId().filter(TokenEncryption::isName).orElseThrow(StoreFailures::notAToken);
        SecretKey key = keys.get(name);
        if (key == null) {
            throw StoreFailures.unreadable(
                    "it was encrypted with the key \"" + name + "\", and known here are only " + keys.keySet(),
                    "Bring that key back with withFormerKey(\"" + name
                            + "\", ...) of TokenEncryption. Without it the user must sign in again.");
        }
        return decrypted(jwe, name, key);
    }

    private static Jwe parsed(String text) throws TokenStoreException {
        try {
            return Jwe.parse(text);
        } catch (JweException e) {
            throw StoreFailures.notAToken();
        }
    }

    private static byte[] decrypted(Jwe jwe, String name, SecretKey key) throws TokenStoreException {
        try {
            return jwe.decrypt(key);
        } catch (JweException e) {
            throw StoreFailures.unreadable(
                    "it does not decrypt with the key \"" + name + "\"",
                    "Either it is damaged, or this is not the key that had that name when it was written: compare the"
                            + " settings of all programs that share the store. A new sign-in replaces it.");
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64.strip().replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            // Without the cause: it quotes a character of the key.
            throw new IllegalArgumentException("base64: this is not base64; " + howToMakeOne());
        }
    }

    private static SecretKey secretKey(byte[] key) {
        if (key.length != KEY_OCTETS) {
            throw new IllegalArgumentException(
                    "key: it has " + key.length + " bytes and must have " + KEY_OCTETS + "; " + howToMakeOne());
        }
        return new SecretKeySpec(key, "AES");
    }

    private static String howToMakeOne() {
        return "make one with: openssl rand -base64 32, keep it where other secrets are, and hand it over with ofBase64";
    }

    private static String checkedName(String keyId) {
        if (!isName(Objects.requireNonNull(keyId, "keyId"))) {
            throw new IllegalArgumentException("keyId: a name has 1 to " + LONGEST_KEY_ID
                    + " letters, digits and . _ : -, for example 2026-11; it stands readable beside each stored token");
        }
        return keyId;
    }

    private static boolean isName(String keyId) {
        return keyId.length() <= LONGEST_KEY_ID && keyId.matches("[A-Za-z0-9._:-]+");
    }

    /** {@return the names of the keys, never a key} */
    @Override
    public String toString() {
        return "TokenEncryption[keyIds=" + keys.keySet() + "]";
    }
}
