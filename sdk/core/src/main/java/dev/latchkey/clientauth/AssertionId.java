package dev.latchkey.clientauth;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes the {@code jti} of an assertion: 160 random bits, as RFC 6749, section 10.10 recommends. */
final class AssertionId {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int OCTETS = 20;

    private AssertionId() {}

    static String next() {
        byte[] octets = new byte[OCTETS];
        RANDOM.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
