package dev.latchkey.event;

/**
 * Is told what a token manager does. Called on the thread where it happened, with no lock held; it should return quickly.
 * What it throws is logged and changes nothing.
 *
 * <p>Thread-safety: must be safe, since events come from many threads.
 */
@FunctionalInterface
public interface EventListener {
    /**
     * Takes an event.
     *
     * @param event what happened
     */
    void onEvent(TokenEvent event);
}
