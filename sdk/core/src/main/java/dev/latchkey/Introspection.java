package dev.latchkey;

import dev.latchkey.error.InvalidTokenException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.internal.endpoint.ClientEndpoint;
import dev.latchkey.internal.endpoint.JsonCall;
import dev.latchkey.internal.http.ApiErrors;
import dev.latchkey.internal.json.JsonObject;
import dev.latchkey.provider.Endpoint;
import dev.latchkey.provider.Provider;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.TokenIntrospection;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Asks the authorization server about a token: whether it is good, and what for. The client proves itself as for token requests or,
 * where the provider wants that, with a token of its own.
 *
 * <pre>{@code
 * boolean good = Introspection.of(tokens).introspect(token).isActive();
 * }</pre>
 *
 * <p>Nothing is cached: an answer is true for the moment.
 *
 * <p>Thread-safety: immutable; it blocks for as long as one request may take.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662">RFC 7662, Token Introspection</a>
 */
public final class Introspection {
    private final TokenManager tokens;
    private final String url;

    private Introspection(TokenManager tokens, String url) {
        this.tokens = tokens;
        this.url = url;
    }

    /**
     * Prepares questions to the server of a manager.
     *
     * @param tokens the manager
     * @return the introspection
     * @throws IllegalArgumentException if the provider has no introspection endpoint
     */
    public static Introspection of(TokenManager tokens) {
        Provider provider = Objects.requireNonNull(tokens, "tokens").provider();
        String url = provider.endpoint(Endpoint.INTROSPECTION)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "tokens: " + provider.name()
                                        + " has no introspection endpoint; if there is one, set Provider.Builder.endpoint(INTROSPECTION, …)"));
        return new Introspection(tokens, url);
    }

    /**
     * Asks about a token.
     *
     * @param token the value of an access token or refresh token, of this client or another one
     * @return what the server says
     * @throws OAuthException if it says nothing, or refuses the question
     */
    public TokenIntrospection introspect(String token) throws OAuthException {
        Objects.requireNonNull(token, "token");
        Provider provider = tokens.provider();
        var question = new ClientEndpoint.Question(
                "Introspection",
                url,
                Map.of("token", token),
                provider.introspectionScope().isPresent() ? provider.apiErrorRules() : provider.tokenErrorRules());
        ClientEndpoint.Exchange exchange = provider.introspectionScope().isPresent()
                ? withToken(
                        question,
                        tokens.scope(provider.introspectionScope().get().toString()))
                : tokens.clientEndpoint().ask(question);
        JsonObject answer = JsonCall.object(exchange.answer(), exchange.facts());
        return TokenIntrospection.of(answer.toMap(UnaryOperator.identity()));
    }

    /** As for any call: a refused token is replaced once. */
    private ClientEndpoint.Exchange withToken(ClientEndpoint.Question question, TokenSource source)
            throws OAuthException {
        AccessToken token = source.token();
        ClientEndpoint.Exchange exchange = tokens.clientEndpoint().ask(question, token);
        if (exchange.answer().status() == 401
                && ApiErrors.read(exchange.answer(), exchange.facts()) instanceof InvalidTokenException) {
            source.reject(token);
            AccessToken next = source.token();
            exchange = next.hasSameValueAs(token)
                    ? exchange
                    : tokens.clientEndpoint().ask(question, next);
        }
        if (exchange.answer().status() >= 400) {
            throw ApiErrors.read(exchange.answer(), exchange.facts());
        }
        return exchange;
    }

    @Override
    public String toString() {
        return "Introspection[" + url + "]";
    }
}
