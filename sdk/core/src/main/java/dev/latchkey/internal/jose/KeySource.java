package dev.latchkey.internal.jose;

/**
 * Where a key came from, by a name that may be printed. It makes the exceptions, which never have a cause: the texts of
 * parsers and decoders may quote what they were reading.
 */
record KeySource(String name) {

    static final KeySource TEXT = new KeySource("Signing key text");
    static final KeySource OBJECT = new KeySource("Signing key");

    IllegalArgumentException refuse(String problemAndRemedy) {
        return new IllegalArgumentException(name + ": " + problemAndRemedy);
    }
}
