package dev.latchkey.internal.jose;

/** A text is not the JWE that it should be. Says nothing of it and has no cause: parsers quote what they read. */
public final class JweException extends Exception {
    private static final long serialVersionUID = 1L;

    JweException() {
        super("not the expected JWE");
    }
}
