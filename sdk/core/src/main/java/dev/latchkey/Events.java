package dev.latchkey;

import dev.latchkey.event.EventListener;
import dev.latchkey.event.TokenEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands events to the log and to the user's listener, and keeps the listener's mistakes away from tokens. */
final class Events implements Consumer<TokenEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final @Nullable EventListener listener;

    Events(@Nullable EventListener listener) {
        this.listener = listener;
    }

    @Override
    public void accept(TokenEvent event) {
        LOG.debug("{}", event);
        if (listener == null) {
            return;
        }
        try {
            listener.onEvent(event);
        } catch (RuntimeException e) {
            LOG.warn(
                    "An event listener threw {}; token handling goes on",
                    e.getClass().getName());
        }
    }
}
