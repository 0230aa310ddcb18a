package dev.latchkey.benchmarks.peer;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.SimpleTokenCache;
import java.net.URI;

/** The reactive cache of the Azure SDK, waited for. */
final class AzureSimplePeer implements Peer {
    private final SimpleTokenCache cache;

    AzureSimplePeer(URI endpoint) {
        TokenCall call = new TokenCall(endpoint);
        cache = new SimpleTokenCache(() -> AzurePeer.mono(call));
    }

    @Override
    public AccessToken token() {
        return cache.getToken().block();
    }

    @Override
    public String authorization() {
        return "Bearer " + token().getToken();
    }
}
