package dev.latchkey;

import dev.latchkey.error.OAuthException;
import dev.latchkey.grant.Grant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** Asks the token endpoint with one and the same grant, on a thread of the executor. */
final class EndpointStage implements TokenStage {
    private final Issuer issuer;
    private final Grant grant;
    private final Engine engine;

    EndpointStage(Issuer issuer, Grant grant, Engine engine) {
        this.issuer = issuer;
        this.grant = grant;
        this.engine = engine;
    }

    @Override
    public CompletableFuture<IssuedToken> request(BooleanSupplier worthRetrying) {
        return engine.supply(this::issued);
    }

    private IssuedToken issued() {
        try {
            return issuer.request(grant).token();
        } catch (OAuthException e) {
            throw new CompletionException(e);
        }
    }
}
