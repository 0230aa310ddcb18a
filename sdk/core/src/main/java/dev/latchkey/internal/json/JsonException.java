package dev.latchkey.internal.json;

/**
 * Text is not the JSON it should be. Carries neither the text nor the parser's own exception, because a parser quotes what
 * it reads and what it reads here may be a token (V-08).
 */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    JsonException(String message) {
        super(message);
    }
}
