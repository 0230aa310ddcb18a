package dev.latchkey.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sentence for each misuse that a server saw, at whichever endpoint, in order. */
final class Violations {

    private final List<String> sentences = new CopyOnWriteArrayList<>();

    void add(String sentence) {
        sentences.add(sentence);
    }

    List<String> all() {
        return List.copyOf(sentences);
    }
}
