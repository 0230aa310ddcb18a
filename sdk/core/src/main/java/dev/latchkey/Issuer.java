package dev.latchkey;

import dev.latchkey.error.OAuthException;
import dev.latchkey.event.TokenIssued;
import dev.latchkey.grant.Grant;
import dev.latchkey.internal.endpoint.ReceivedToken;
import dev.latchkey.internal.endpoint.TokenEndpoint;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.TokenKey;
import dev.latchkey.token.TokenResponse;
import java.time.Duration;

/** Asks the token endpoint for the token of one key, and tells of it. Blocks. */
final class Issuer {
    private final TokenKey key;
    private final TokenEndpoint endpoint;
    private final Duration defaultLife;
    private final Engine engine;

    /**
     * What one request brought.
     *
     * @param token the access token
     * @param response all that came
     */
    record Issue(IssuedToken token, TokenResponse response) {}

    Issuer(TokenKey key, TokenEndpoint endpoint, Duration defaultLife, Engine engine) {
        this.key = key;
        this.endpoint = endpoint;
        this.defaultLife = defaultLife;
        this.engine = engine;
    }

    Issue request(Grant grant) throws OAuthException {
        return request(grant, () -> {});
    }

    /** With a last look before anything is sent. */
    Issue request(Grant grant, TokenEndpoint.LastLook lastLook) throws OAuthException {
        RuntimeException closed = engine.whyClosed();
        if (closed != null) {
            throw closed;
        }
        ReceivedToken received = endpoint.request(key, grant, lastLook);
        AccessToken token = received.response().accessToken(received.sentAt(), key.scope(), defaultLife);
        Duration life = Duration.between(token.issuedAt(), token.expiresAt());
        Duration elapsed = Duration.ofNanos(engine.time().nanos() - received.sentNanos());
        engine.events().accept(TokenIssued.of(key, life, token.scope(), elapsed));
        return new Issue(new IssuedToken(token, received.sentNanos()), received.response());
    }
}
