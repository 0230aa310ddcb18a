package dev.latchkey.testing;

import java.security.SecureRandom;
import java.util.Base64;

/** Values of tokens: opaque, never twice. */
final class RandomValues {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    private RandomValues() {}

    static String digits(int count) {
        StringBuilder digits = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            digits.append(RANDOM.nextInt(10));
        }
        return digits.toString();
    }

    static String next(String prefix) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
