package dev.latchkey.examples.cli;

import dev.latchkey.event.EventListener;
import dev.latchkey.event.TokenEvent;
import dev.latchkey.event.TokenIssued;
import dev.latchkey.event.TokenRequestSent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last token request and the last token, as the events told.
 *
 * <p>Thread-safety: safe.
 */
final class Observed implements EventListener {
    private volatile @Nullable TokenRequestSent sent;
    private volatile @Nullable TokenIssued issued;

    @Override
    public void onEvent(TokenEvent event) {
        if (event instanceof TokenRequestSent request) {
            sent = request;
        } else if (event instanceof TokenIssued token) {
            issued = token;
        }
    }

    Optional<TokenRequestSent> sent() {
        return Optional.ofNullable(sent);
    }

    Optional<TokenIssued> issued() {
        return Optional.ofNullable(issued);
    }
}
