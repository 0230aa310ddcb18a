package dev.latchkey.keycloak;

import dev.latchkey.event.EventListener;
import dev.latchkey.event.TokenEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps events. */
final class EventLog implements EventListener {
    private final List<TokenEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void onEvent(TokenEvent event) {
        events.add(event);
    }

    <T extends TokenEvent> List<T> of(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
