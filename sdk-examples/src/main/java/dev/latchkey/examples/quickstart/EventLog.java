package dev.latchkey.examples.quickstart;

import dev.latchkey.event.EventListener;
import dev.latchkey.event.TokenEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Remembers the events of a token manager.
 *
 * <p>Thread-safety: safe.
 */
final class EventLog implements EventListener {
    private final List<TokenEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void onEvent(TokenEvent event) {
        events.add(event);
    }

    <T extends TokenEvent> int count(Class<T> kind) {
        return all(kind).size();
    }

    <T extends TokenEvent> T last(Class<T> kind) {
        List<T> found = all(kind);
        if (found.isEmpty()) {
            throw new IllegalStateException("No " + kind.getSimpleName() + " has happened.");
        }
        return found.get(found.size() - 1);
    }

    private <T extends TokenEvent> List<T> all(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
