package dev.latchkey;

import dev.latchkey.token.AccessToken;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What a call is entitled to carry, travelling as a tag of the request from where the call begins to where each hop
 * leaves. A tag is printed with its request, so this prints nothing.
 */
final class Credentials {
    private final @Nullable AccessToken token;
    private final AtomicBoolean reachedAHop = new AtomicBoolean();

    private Credentials(@Nullable AccessToken token) {
        this.token = token;
    }

    static Credentials of(AccessToken token) {
        return new Credentials(token);
    }

    /** For a request that brings an {@code Authorization} header of its own. */
    static Credentials headersOnly() {
        return new Credentials(null);
    }

    @Nullable
    AccessToken token() {
        return token;
    }

    void reachAHop() {
        reachedAHop.set(true);
    }

    /** Whether an answer came over the network though no hop has seen these credentials. */
    boolean neverReachedAHop(Response response) {
        return response.networkResponse() != null && !reachedAHop.get();
    }

    @Override
    public String toString() {
        return "*****";
    }
}
