package dev.latchkey;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.LoginException;
import dev.latchkey.error.LoginFailure;
import dev.latchkey.error.OAuthException;
import dev.latchkey.internal.endpoint.JsonCall;
import dev.latchkey.internal.http.HttpAnswer;
import dev.latchkey.internal.http.RequestFacts;
import dev.latchkey.internal.jose.SignedClaims;
import dev.latchkey.login.PendingLogin;
import dev.latchkey.provider.Endpoint;
import dev.latchkey.token.IdToken;
import dev.latchkey.token.TokenResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Checks ID tokens with the keys that the server publishes. The keys are kept, and fetched anew for a token they did not sign. */
final class IdTokens {
    private final Config config;
    private final JsonCall calls;
    private final AtomicReference<@Nullable String> keys = new AtomicReference<>();

    IdTokens(Config config, JsonCall calls) {
        this.config = config;
        this.calls = calls;
    }

    /** Makes sure that the keys can be had, before a code is spent. */
    void prepare(PendingLogin pending) throws OAuthException {
        if (pending.expectsIdToken() && keys.get() == null) {
            keys.set(fetchedKeys());
        }
    }

    /** Null where none was asked for: a provider that sends one all the same is not taken at its word. */
    @Nullable
    IdToken checked(TokenResponse response, PendingLogin pending, Instant now) throws OAuthException {
        if (!pending.expectsIdToken()) {
            return null;
        }
        String compact = response.idToken()
                .orElseThrow(() -> invalid("the answer has no ID token, though the scope has openid"));
        Map<String, Object> claims = claims(compact);
        Optional<String> fault = pending.faultOf(claims, issuer(), config.clientId(), now);
        if (fault.isPresent()) {
            throw invalid("its ID token cannot be taken: " + fault.get());
        }
        return IdToken.of(String.valueOf(claims.get("sub")), claims);
    }

    private Map<String, Object> claims(String compact) throws OAuthException {
        String kept = keys.get();
        Optional<Map<String, Object>> claims = kept == null ? Optional.empty() : SignedClaims.read(compact, kept);
        if (claims.isEmpty()) {
            String fetched = fetchedKeys();
            keys.set(fetched);
            claims = SignedClaims.read(compact, fetched);
        }
        return claims.orElseThrow(() -> invalid("its ID token was not signed by a key that the server publishes"));
    }

    private String fetchedKeys() throws OAuthException {
        HttpUrl url = HttpUrl.get(config.provider()
                .endpoint(Endpoint.JWKS)
                .orElseThrow(
                        () -> invalid("the provider has no endpoint of keys (JWKS), so no ID token can be checked")));
        RequestFacts facts = RequestFacts.builder("GET", url.host() + url.encodedPath())
                .attempt("Keys of the authorization server")
                .provider(config.provider().name())
                .build();
        HttpAnswer answer = calls.answer(new Request.Builder().url(url).build(), facts);
        JsonCall.object(answer, facts);
        return answer.text();
    }

    private String issuer() throws LoginException {
        return config.provider()
                .issuer()
                .orElseThrow(() -> invalid("the provider has no issuer, so no ID token can be checked"));
    }

    private LoginException invalid(String outcome) {
        return new LoginException(
                LoginFailure.INVALID_ID_TOKEN,
                ErrorDetails.builder("Sign-in", outcome)
                        .provider(config.provider().name())
                        .remedy(
                                "Do not take this person as signed in. Check issuer(...), the client id and the endpoint JWKS against"
                                        + " the server's metadata, and this machine's clock; leave openid out of the scope if no ID token"
                                        + " is wanted.")
                        .build());
    }
}
