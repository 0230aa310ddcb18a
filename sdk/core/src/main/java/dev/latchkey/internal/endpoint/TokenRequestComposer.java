package dev.latchkey.internal.endpoint;

import dev.latchkey.clientauth.AuthenticationContext;
import dev.latchkey.clientauth.AuthenticationParameters;
import dev.latchkey.clientauth.ClientAuthentication;
import dev.latchkey.clientauth.PrivateKeyJwt;
import dev.latchkey.event.TokenRequestSent;
import dev.latchkey.grant.AuthorizationCodeGrant;
import dev.latchkey.grant.Grant;
import dev.latchkey.grant.RefreshTokenGrant;
import dev.latchkey.internal.http.RequestFacts;
import dev.latchkey.provider.Provider;
import dev.latchkey.token.TokenKey;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Puts a token request together: grant, provider, client authentication. Every call makes a new assertion.
 *
 * <p>Thread-safety: immutable.
 */
final class TokenRequestComposer {
    private final Provider provider;
    private final ClientAuthentication authentication;
    private final AuthenticationContext context;
    private final HttpUrl url;

    TokenRequestComposer(Provider provider, ClientAuthentication authentication, AuthenticationContext context) {
        this.provider = provider;
        this.authentication = authentication;
        this.context = context;
        this.url = HttpUrl.get(provider.tokenEndpoint());
    }

    /** The same with another signing key than that of the time; empty where the client has no other. */
    Optional<TokenRequestComposer> withOtherKeyAt(Instant time) {
        return authentication instanceof PrivateKeyJwt keys
                ? keys.withOtherKeyAt(time).map(other -> new TokenRequestComposer(provider, other, context))
                : Optional.empty();
    }

    /** Host and path of the token endpoint, as messages name it. */
    String where() {
        return url.host() + url.encodedPath();
    }

    /**
     * Composes a request.
     *
     * @throws IOException if the client could not be authenticated, since a signer failed
     */
    TokenRequest compose(TokenKey key, Grant grant, Instant now) throws IOException {
        AuthenticationParameters proof = authentication.authenticate(context.withNow(now));
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("grant_type", grant.type());
        parameters.putAll(grant.parameters());
        parameters.putAll(provider.tokenParameters());
        parameters.putAll(proof.parameters());
        OneShotBody body = Parameters.body(provider.tokenRequestFormat(), parameters);
        return new TokenRequest(
                marked(grant, http(proof, body)),
                body,
                facts(key, grant, proof, parameters),
                event(key, proof, parameters));
    }

    /** {@code identity} keeps OkHttp from inflating: the limit of an answer counts what travels. */
    private Request http(AuthenticationParameters proof, OneShotBody body) {
        Request.Builder request = new Request.Builder()
                .url(url)
                .header("Accept", "application/json")
                .header("Accept-Encoding", "identity")
                .post(body);
        provider.tokenHeaders().forEach(request::header);
        proof.headers().forEach(request::header);
        return request.build();
    }

    private static Request marked(Grant grant, Request request) {
        boolean worksOnce = grant instanceof RefreshTokenGrant || grant instanceof AuthorizationCodeGrant;
        return worksOnce
                ? request.newBuilder()
                        .tag(TokenHttpClient.Precious.class, TokenHttpClient.Precious.MARK)
                        .build()
                : request;
    }

    private RequestFacts facts(
            TokenKey key, Grant grant, AuthenticationParameters proof, Map<String, String> parameters) {
        RequestFacts.Builder facts = RequestFacts.builder("POST", where())
                .provider(provider.name())
                .grantType(grant.type())
                .scope(key.scope().toString())
                .parameters(Parameters.visible(parameters))
                .clientAuthentication(authentication.method())
                .assertion(proof.assertionHeader(), proof.assertionClaims())
                .server(provider.tokenEndpoint(), provider.issuer().orElse(null))
                .rules(provider.tokenErrorRules())
                .secrets(provider.tokenHeaders().values())
                .secrets(proof.headers().values())
                .secrets(proof.secrets());
        parameters.forEach((name, value) -> facts.secret(Parameters.isPublic(name) ? null : value));
        return facts.build();
    }

    private TokenRequestSent event(TokenKey key, AuthenticationParameters proof, Map<String, String> parameters) {
        return TokenRequestSent.of(
                key,
                authentication.method(),
                Parameters.masked(parameters),
                proof.assertionHeader(),
                proof.assertionClaims());
    }
}
