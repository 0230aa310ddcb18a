package dev.latchkey.benchmarks.peer;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** The least that a crowd can cost: the first one asks on another thread, all wait for its future. */
public final class OneFlight implements Peer {
    private final TokenCall call;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<String> token = new CompletableFuture<>();

    public OneFlight(URI endpoint) {
        this.call = new TokenCall(endpoint);
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
            token.complete("Bearer " + call.send().value());
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
