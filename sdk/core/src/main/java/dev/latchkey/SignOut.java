package dev.latchkey;

import dev.latchkey.error.OAuthException;
import dev.latchkey.internal.endpoint.ClientEndpoint;
import dev.latchkey.internal.http.TokenErrors;
import dev.latchkey.provider.Endpoint;
import dev.latchkey.provider.Provider;
import dev.latchkey.provider.RevocationForm;
import dev.latchkey.store.StoredToken;
import dev.latchkey.token.AccessToken;
import java.util.Map;

/** Tells the authorization server that tokens are given up (RFC 7009, or the provider's own form). */
final class SignOut {
    private final Provider provider;
    private final ClientEndpoint endpoint;

    SignOut(Provider provider, ClientEndpoint endpoint) {
        this.provider = provider;
        this.endpoint = endpoint;
    }

    /** Of a provider without such an endpoint nothing is asked: its tokens end by themselves. */
    void revoke(StoredToken given) throws OAuthException {
        String url = provider.endpoint(Endpoint.REVOCATION).orElse(null);
        if (url == null) {
            return;
        }
        if (provider.revocationForm() == RevocationForm.DELETE_WITH_ACCESS_TOKEN) {
            AccessToken token = given.accessToken().orElse(null);
            if (token != null) {
                done(endpoint.delete("Sign-out", url, token));
            }
            return;
        }
        Map<String, String> parameters = given.refreshToken()
                .map(token -> Map.of("token", token.value(), "token_type_hint", "refresh_token"))
                .or(() -> given.accessToken()
                        .map(token -> Map.of("token", token.value(), "token_type_hint", "access_token")))
                .orElse(Map.of());
        if (!parameters.isEmpty()) {
            done(endpoint.ask(new ClientEndpoint.Question("Sign-out", url, parameters, provider.tokenErrorRules())));
        }
    }

    /** RFC 7009, section 2.2: any 200 means that the token is no good any more, whatever its body says. */
    private static void done(ClientEndpoint.Exchange exchange) throws OAuthException {
        if (!exchange.answer().isSuccess()) {
            throw TokenErrors.read(exchange.answer(), exchange.facts());
        }
    }
}
