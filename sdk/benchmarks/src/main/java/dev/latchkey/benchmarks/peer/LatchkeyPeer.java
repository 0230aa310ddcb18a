package dev.latchkey.benchmarks.peer;

import dev.latchkey.OAuthInterceptor;
import dev.latchkey.TokenManager;
import java.io.IOException;
import java.net.URI;

/** Latchkey itself. */
public final class LatchkeyPeer implements Peer {
    private final TokenManager tokens;

    public LatchkeyPeer(URI endpoint) {
        this(TokenManager.builder(endpoint.toString()).clientId("client").clientSecret("secret"));
    }

    public LatchkeyPeer(TokenManager.Builder builder) {
        tokens = builder.build();
    }

    @Override
    public Object token() throws IOException {
        return tokens.token();
    }

    @Override
    public String authorization() throws IOException {
        return tokens.token().authorization();
    }

    public TokenManager manager() {
        return tokens;
    }

    public OAuthInterceptor interceptor() {
        return OAuthInterceptor.of(tokens);
    }

    @Override
    public void close() {
        tokens.close();
    }
}
