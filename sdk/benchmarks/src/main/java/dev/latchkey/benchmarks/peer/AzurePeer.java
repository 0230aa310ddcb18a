package dev.latchkey.benchmarks.peer;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.implementation.AccessTokenCache;
import java.net.URI;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The cache that the Azure SDK puts before a credential, here one by hand. */
final class AzurePeer implements Peer {
    private final TokenRequestContext context = new TokenRequestContext().addScopes("scope");
    private final AccessTokenCache cache;

    AzurePeer(URI endpoint) {
        cache = new AccessTokenCache(credential(new TokenCall(endpoint)));
    }

    private static TokenCredential credential(TokenCall call) {
        return new TokenCredential() {
            @Override
            public Mono<AccessToken> getToken(TokenRequestContext wanted) {
                return mono(call);
            }

            @Override
            public AccessToken getTokenSync(TokenRequestContext wanted) {
                return fetch(call);
            }
        };
    }

    static Mono<AccessToken> mono(TokenCall call) {
        return Mono.fromCallable(() -> fetch(call)).subscribeOn(Schedulers.boundedElastic());
    }

    private static AccessToken fetch(TokenCall call) {
        TokenCall.Token token = call.send();
        return new AccessToken(token.value(), token.endDate());
    }

    @Override
    public AccessToken token() {
        return cache.getTokenSync(context, false);
    }

    @Override
    public String authorization() {
        return "Bearer " + token().getToken();
    }
}
