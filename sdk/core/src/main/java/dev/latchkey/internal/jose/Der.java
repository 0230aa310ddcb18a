package dev.latchkey.internal.jose;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * One element of a DER text, and a way through the elements inside it. Only what key files need: lengths up to four
 * octets, tags of one.
 */
final class Der {

    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int NULL = 0x05;
    static final int OBJECT_ID = 0x06;
    static final int SEQUENCE = 0x30;
    static final int CONTEXT_0 = 0xa0;
    static final int CONTEXT_1 = 0xa1;

    private final int tag;
    private final byte[] content;
    private final byte[] encoded;

    private Der(int tag, byte[] content, byte[] encoded) {
        this.tag = tag;
        this.content = content;
        this.encoded = encoded;
    }

    /** The first element; octets after it are ignored. */
    static Der read(byte[] octets) throws DerException {
        return new Cursor(octets, 0).next();
    }

    /** Walks through the elements inside a sequence or another constructed element. */
    Cursor inside(int expectedTag) throws DerException {
        return new Cursor(content(expectedTag), 0);
    }

    boolean is(int expectedTag) {
        return tag == expectedTag;
    }

    byte[] content(int expectedTag) throws DerException {
        if (tag != expectedTag) {
            throw new DerException();
        }
        return content;
    }

    byte[] encoded() {
        return encoded;
    }

    int smallInteger() throws DerException {
        byte[] octets = content(INTEGER);
        if (octets.length == 0 || octets.length > 4) {
            throw new DerException();
        }
        return new BigInteger(octets).intValue();
    }

    /** An object identifier in dotted form. */
    String objectId() throws DerException {
        byte[] octets = content(OBJECT_ID);
        if (octets.length == 0 || octets.length > 32) {
            throw new DerException();
        }
        StringBuilder dotted = new StringBuilder();
        BigInteger arc = BigInteger.ZERO;
        for (byte octet : octets) {
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(octet & 0x7f));
            if (octet >= 0) {
                dotted.append(dotted.isEmpty() ? firstArcs(arc.intValue()) : "." + arc);
                arc = BigInteger.ZERO;
            }
        }
        return dotted.toString();
    }

    static byte[] write(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        writeLength(element, content.size());
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    private static String firstArcs(int both) {
        int first = Math.min(both / 40, 2);
        return first + "." + (both - 40 * first);
    }

    private static void writeLength(ByteArrayOutputStream element, int length) {
        if (length < 0x80) {
            element.write(length);
            return;
        }
        byte[] octets = BigInteger.valueOf(length).toByteArray();
        int start = octets[0] == 0 ? 1 : 0;
        element.write(0x80 | (octets.length - start));
        element.write(octets, start, octets.length - start);
    }

    /** A place between two elements. */
    static final class Cursor {

        private final byte[] octets;
        private int at;

        private Cursor(byte[] octets, int at) {
            this.octets = octets;
            this.at = at;
        }

        boolean hasNext() {
            return at < octets.length;
        }

        Der next() throws DerException {
            int start = at;
            int tag = octet();
            int length = length();
            if (length < 0 || length > octets.length - at) {
                throw new DerException();
            }
            int from = at;
            at += length;
            return new Der(tag, Arrays.copyOfRange(octets, from, at), Arrays.copyOfRange(octets, start, at));
        }

        private int length() throws DerException {
            int first = octet();
            if (first < 0x80) {
                return first;
            }
            if (first == 0x80 || first > 0x84) {
                throw new DerException();
            }
            int length = 0;
            for (int i = 0; i < (first & 0x7f); i++) {
                length = (length << 8) | octet();
            }
            return length;
        }

        private int octet() throws DerException {
            if (at >= octets.length) {
                throw new DerException();
            }
            return octets[at++] & 0xff;
        }
    }

    /** The octets are not the DER that was expected. It says nothing of them. */
    static final class DerException extends Exception {

        private static final long serialVersionUID = 1L;

        DerException() {
            super("not the expected DER");
        }
    }
}
