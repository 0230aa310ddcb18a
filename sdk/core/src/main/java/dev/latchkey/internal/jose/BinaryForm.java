package dev.latchkey.internal.jose;

import java.util.Arrays;

/** What a file is, by its first octets. */
enum BinaryForm {
    PKCS12,
    DER,
    JAVA_KEY_STORE,
    UTF_16,
    TEXT;

    private static final byte[] JKS = {(byte) 0xfe, (byte) 0xed, (byte) 0xfe, (byte) 0xed};
    private static final byte[] VERSION_3 = {2, 1, 3};

    static BinaryForm of(byte[] octets) {
        if (startsWith(octets, 0, JKS)) {
            return JAVA_KEY_STORE;
        }
        if (startsWith(octets, 0, new byte[] {(byte) 0xff, (byte) 0xfe})
                || startsWith(octets, 0, new byte[] {(byte) 0xfe, (byte) 0xff})) {
            return UTF_16;
        }
        if (octets.length < 2 || octets[0] != Der.SEQUENCE) {
            return TEXT;
        }
        if (startsWith(octets, contentStart(octets), VERSION_3)) {
            return PKCS12;
        }
        return isDer(octets) ? DER : TEXT;
    }

    /** Also right for the indefinite lengths of BER, which some exports of PKCS#12 have. */
    private static int contentStart(byte[] octets) {
        int length = octets[1] & 0xff;
        return length <= 0x80 ? 2 : 2 + (length & 0x7f);
    }

    private static boolean isDer(byte[] octets) {
        try {
            return Der.read(octets).encoded().length == octets.length;
        } catch (Der.DerException e) {
            return false;
        }
    }

    private static boolean startsWith(byte[] octets, int at, byte[] start) {
        return octets.length >= at + start.length
                && Arrays.equals(octets, at, at + start.length, start, 0, start.length);
    }
}
