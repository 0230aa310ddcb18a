package dev.latchkey.examples.cli;

/** Arguments or configuration that cannot work; the message names the option and the remedy, and shows no secret. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
