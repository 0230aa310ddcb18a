package dev.latchkey.internal.http;

/** Words for a server's wish to be left alone. */
final class Waits {
    private Waits() {}

    /** For example {@code " 30 s, as the server asks"}. */
    static String howLong(HttpAnswer answer) {
        return answer.retryAfter()
                .map(wait -> " " + wait.toSeconds() + " s, as the server asks")
                .orElse(" a little, longer after each failure (the server did not say how long)");
    }
}
