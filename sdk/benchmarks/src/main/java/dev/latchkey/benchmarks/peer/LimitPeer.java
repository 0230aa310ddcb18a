package dev.latchkey.benchmarks.peer;

import java.net.URI;

/** The least that a cache can do for each call: read a field that another thread writes, and look at a clock. */
final class LimitPeer implements Peer {
    private volatile Held held;

    private record Held(TokenCall.Token token, String authorization, long endNanos) {}

    LimitPeer(URI endpoint) {
        TokenCall.Token token = new TokenCall(endpoint).send();
        held = new Held(token, "Bearer " + token.value(), System.nanoTime() + 3_600_000_000_000L);
    }

    private Held live() {
        Held now = held;
        if (System.nanoTime() - now.endNanos >= 0) {
            throw new IllegalStateException("expired");
        }
        return now;
    }

    @Override
    public Object token() {
        return live().token;
    }

    @Override
    public String authorization() {
        return live().authorization;
    }
}
