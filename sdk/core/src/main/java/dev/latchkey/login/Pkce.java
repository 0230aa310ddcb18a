package dev.latchkey.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Unguessable values of 256 bits, and the proof key for code exchange (RFC 7636), S256 always. */
final class Pkce {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private Pkce() {}

    /** 43 characters, as a verifier has at least. */
    static String randomValue() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return BASE64URL.encodeToString(bytes);
    }

    static String challenge(String verifier) {
        return BASE64URL.encodeToString(sha256().digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    }

    /** RFC 7636, section 4.1. The value is never shown. */
    static String checkedVerifier(String verifier) {
        if (verifier.length() < 43 || verifier.length() > 128) {
            throw new IllegalArgumentException(
                    "codeVerifier: has " + verifier.length() + " characters; use 43 to 128, or leave it to the SDK");
        }
        if (!verifier.matches("[A-Za-z0-9._~-]+")) {
            throw new IllegalArgumentException(
                    "codeVerifier: has a character that is not allowed; use letters, digits and"
                            + " -._~ (base64url without padding), or leave it to the SDK");
        }
        return verifier;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing, which every JDK has", e);
        }
    }
}
