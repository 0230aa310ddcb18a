package dev.latchkey.benchmarks.peer;

import java.net.URI;
import software.amazon.awssdk.utils.cache.CachedSupplier;
import software.amazon.awssdk.utils.cache.NonBlocking;
import software.amazon.awssdk.utils.cache.OneCallerBlocks;
import software.amazon.awssdk.utils.cache.RefreshResult;

/** The cache of the AWS SDK around a token request by hand. Less than a minute between the two times, so that it spreads nothing. */
final class AwsPeer implements Peer {
    private final CachedSupplier<TokenCall.Token> tokens;

    private AwsPeer(URI endpoint, CachedSupplier.PrefetchStrategy strategy) {
        TokenCall call = new TokenCall(endpoint);
        tokens = CachedSupplier.builder(() -> fetch(call))
                .prefetchStrategy(strategy)
                .staleValueBehavior(CachedSupplier.StaleValueBehavior.ALLOW)
                .build();
    }

    static AwsPeer nonBlocking(URI endpoint) {
        return new AwsPeer(endpoint, new NonBlocking("benchmark"));
    }

    static AwsPeer oneCallerBlocks(URI endpoint) {
        return new AwsPeer(endpoint, new OneCallerBlocks());
    }

    private static RefreshResult<TokenCall.Token> fetch(TokenCall call) {
        TokenCall.Token token = call.send();
        return RefreshResult.builder(token)
                .staleTime(token.end().minusSeconds(60))
                .prefetchTime(token.end().minusSeconds(120))
                .build();
    }

    @Override
    public Object token() {
        return tokens.get();
    }

    @Override
    public String authorization() {
        return "Bearer " + tokens.get().value();
    }

    @Override
    public void close() {
        tokens.close();
    }
}
