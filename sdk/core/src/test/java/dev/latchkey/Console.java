package dev.latchkey;

/** What a person who waits for a test gets to read. */
final class Console {
    private Console() {}

    static void line(String text) {
        System.out.println(text);
    }
}
