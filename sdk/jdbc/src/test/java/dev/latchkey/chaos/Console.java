package dev.latchkey.chaos;

/** What a person who waits for these tests gets to read. */
final class Console {
    private Console() {}

    static void line(String text) {
        System.out.println("chaos: " + text);
    }
}
