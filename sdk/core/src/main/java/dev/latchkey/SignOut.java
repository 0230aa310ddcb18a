package dev.latchkey;

import dev.latchkey.error.OAuthException;
import dev.latchkey.grant.RefreshTokenGrant;
import dev.latchkey.internal.endpoint.ClientEndpoint;
import dev.latchkey.internal.endpoint.TokenEndpoint;
import dev.latchkey.internal.http.ApiErrors;
import dev.latchkey.internal.http.TokenErrors;
import dev.latchkey.provider.Endpoint;
import dev.latchkey.provider.Provider;
import dev.latchkey.provider.RevocationForm;
import dev.latchkey.store.StoredToken;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.TokenKey;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the authorization server that tokens are given up (RFC 7009, or the provider's own form). */
final class SignOut {
    private static final Logger LOG = LoggerFactory.getLogger(SignOut.class);

    private final Provider provider;
    private final ClientEndpoint endpoint;
    private final TokenEndpoint tokens;
    private final Engine engine;

    SignOut(Provider provider, ClientEndpoint endpoint, TokenEndpoint tokens, Engine engine) {
        this.provider = provider;
        this.endpoint = endpoint;
        this.tokens = tokens;
        this.engine = engine;
    }

    /** Gives up tokens that nobody will use; if the server does not take notice, they end by themselves. */
    void discard(StoredToken given) {
        try {
            revoke(given);
        } catch (OAuthException | RuntimeException e) {
            LOG.debug("Tokens that nobody will use were not revoked: {}", e.toString());
        }
    }

    /** Of a provider without such an endpoint nothing is asked: its tokens end by themselves. */
    void revoke(StoredToken given) throws OAuthException {
        String url = provider.endpoint(Endpoint.REVOCATION).orElse(null);
        if (url == null) {
            return;
        }
        if (provider.revocationForm() == RevocationForm.DELETE_WITH_ACCESS_TOKEN) {
            delete(url, given);
        } else {
            post(url, given);
        }
    }

    private void post(String url, StoredToken given) throws OAuthException {
        Map<String, String> parameters = given.refreshToken()
                .map(token -> Map.of("token", token.value(), "token_type_hint", "refresh_token"))
                .or(() -> given.accessToken()
                        .map(token -> Map.of("token", token.value(), "token_type_hint", "access_token")))
                .orElse(Map.of());
        if (parameters.isEmpty()) {
            return;
        }
        // RFC 7009, section 2.2: any 200 means that the token is no good any more, whatever its body says.
        var exchange =
                endpoint.ask(new ClientEndpoint.Question("Sign-out", url, parameters, provider.tokenErrorRules()));
        if (!exchange.answer().isSuccess()) {
            throw TokenErrors.read(exchange.answer(), exchange.facts());
        }
    }

    /** With an access token that is still good; if there is none, the refresh token buys one for this. */
    private void delete(String url, StoredToken given) throws OAuthException {
        Optional<AccessToken> live =
                given.accessToken().filter(token -> engine.time().now().isBefore(token.expiresAt()));
        if (live.isEmpty() && given.refreshToken().isEmpty()) {
            return;
        }
        AccessToken token = live.isPresent() ? live.get() : bought(given);
        var exchange = endpoint.delete("Sign-out", url, token);
        if (!exchange.answer().isSuccess()) {
            throw ApiErrors.read(exchange.answer(), exchange.facts());
        }
    }

    private AccessToken bought(StoredToken given) throws OAuthException {
        TokenKey key = TokenKey.of(provider.tokenEndpoint(), "sign-out", RefreshTokenGrant.TYPE);
        RefreshTokenGrant grant = RefreshTokenGrant.of(given.refreshToken().orElseThrow());
        return new Issuer(key, tokens, provider.defaultTokenLife(), engine)
                .request(grant)
                .token()
                .token();
    }
}
