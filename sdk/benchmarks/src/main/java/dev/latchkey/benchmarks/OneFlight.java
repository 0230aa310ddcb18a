package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.peer.Library;
import dev.latchkey.benchmarks.peer.Peer;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** The least that a crowd can cost: the first one asks on another thread, all wait for its future. */
final class OneFlight implements Peer {
    private final URI endpoint;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<String> token = new CompletableFuture<>();

    OneFlight(URI endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public Object token() throws Exception {
        if (begun.compareAndSet(false, true)) {
            Thread thread = new Thread(this::fetch, "one-flight");
            thread.setDaemon(true);
            thread.start();
        }
        return token.get();
    }

    private void fetch() {
        try {
            token.complete(Library.LIMIT.open(endpoint).authorization());
        } catch (Exception e) {
            token.completeExceptionally(e);
        }
    }

    @Override
    public String authorization() throws Exception {
        token();
        return token.get();
    }
}
