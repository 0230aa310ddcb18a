package dev.latchkey;

import dev.latchkey.error.OAuthException;
import dev.latchkey.event.TokenIssued;
import dev.latchkey.grant.Grant;
import dev.latchkey.internal.endpoint.ReceivedToken;
import dev.latchkey.internal.endpoint.TokenEndpoint;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.TokenKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** Asks the token endpoint, on a thread of the executor. */
final class EndpointStage implements TokenStage {
    private final TokenKey key;
    private final Grant grant;
    private final TokenEndpoint endpoint;
    private final Duration defaultLife;
    private final Engine engine;

    EndpointStage(TokenKey key, Grant grant, TokenEndpoint endpoint, Duration defaultLife, Engine engine) {
        this.key = key;
        this.grant = grant;
        this.endpoint = endpoint;
        this.defaultLife = defaultLife;
        this.engine = engine;
    }

    @Override
    public CompletableFuture<IssuedToken> request(BooleanSupplier callersWait) {
        return engine.supply(this::issued);
    }

    private IssuedToken issued() {
        RuntimeException closed = engine.whyClosed();
        if (closed != null) {
            throw closed;
        }
        try {
            ReceivedToken received = endpoint.request(key, grant);
            AccessToken token = received.response().accessToken(received.sentAt(), key.scope(), defaultLife);
            announce(token, received);
            return new IssuedToken(token, received.sentNanos());
        } catch (OAuthException e) {
            throw new CompletionException(e);
        }
    }

    private void announce(AccessToken token, ReceivedToken received) {
        Duration life = Duration.between(token.issuedAt(), token.expiresAt());
        Duration elapsed = Duration.ofNanos(engine.time().nanos() - received.sentNanos());
        engine.events().accept(TokenIssued.of(key, life, token.scope(), elapsed));
    }
}
