package dev.latchkey.internal.endpoint;

import dev.latchkey.clientauth.AuthenticationContext;
import dev.latchkey.clientauth.AuthenticationParameters;
import dev.latchkey.clientauth.ClientAuthentication;
import dev.latchkey.error.TransportException;
import dev.latchkey.internal.http.HttpAnswer;
import dev.latchkey.internal.http.RequestFacts;
import dev.latchkey.internal.time.Time;
import dev.latchkey.provider.ErrorRule;
import dev.latchkey.provider.Provider;
import dev.latchkey.provider.TokenRequestFormat;
import dev.latchkey.token.AccessToken;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * An endpoint that the client calls about a token: introspection, revocation. A form goes out, with client authentication or with a
 * token of the client.
 */
public final class ClientEndpoint {
    private final JsonCall calls;
    private final Provider provider;
    private final ClientAuthentication authentication;
    private final AuthenticationContext context;
    private final Clock clock;

    public ClientEndpoint(
            OkHttpClient http,
            Provider provider,
            ClientAuthentication authentication,
            AuthenticationContext context,
            Clock clock) {
        this.calls = new JsonCall(http, clock.time()::now);
        this.provider = provider;
        this.authentication = authentication;
        this.context = context;
        this.clock = clock;
    }

    /**
     * The time by which assertions are dated.
     *
     * @param time this machine's
     * @param offset how far the server's clock is known to be ahead of it
     */
    public record Clock(Time time, Supplier<Duration> offset) {}

    /**
     * A question about a token.
     *
     * @param attempt what is tried, as messages begin
     * @param url the endpoint
     * @param parameters the parameters; their values are masked in answers
     * @param rules what is known of the errors
     */
    public record Question(String attempt, String url, Map<String, String> parameters, List<ErrorRule> rules) {}

    /**
     * What came back.
     *
     * @param answer the answer, of any status
     * @param facts what is needed to judge it
     */
    public record Exchange(HttpAnswer answer, RequestFacts facts) {}

    /**
     * Asks with the client's authentication.
     *
     * @throws TransportException if no answer came, or nothing could be signed
     */
    public Exchange ask(Question question) throws TransportException {
        try {
            AuthenticationParameters proof = authentication.authenticate(
                    context.withNow(clock.time().now().plus(clock.offset().get())));
            return send(question, proof.parameters(), proof.headers());
        } catch (TransportException e) {
            throw e;
        } catch (IOException e) {
            throw TransportFailures.signerFailed(e, where(question), provider.name());
        } catch (IllegalStateException e) {
            throw TransportFailures.keyUnfit(e, where(question), provider.name());
        }
    }

    /**
     * Asks with a token of the client.
     *
     * @throws TransportException if no answer came
     */
    public Exchange ask(Question question, AccessToken token) throws TransportException {
        return send(question, Map.of(), Map.of("Authorization", token.authorization()));
    }

    /**
     * Calls with DELETE and a token of a user.
     *
     * @throws TransportException if no answer came
     */
    public Exchange delete(String attempt, String url, AccessToken token) throws TransportException {
        Request.Builder request =
                new Request.Builder().url(url).delete().header("Authorization", token.authorization());
        provider.apiHeaders().forEach(request::header);
        RequestFacts.Builder facts = RequestFacts.builder("DELETE", JsonCall.where(url))
                .attempt(attempt)
                .provider(provider.name())
                .rules(provider.apiErrorRules())
                .secret(token.value());
        facts.secrets(provider.apiHeaders().values());
        RequestFacts sent = facts.build();
        return new Exchange(calls.answer(request.build(), sent), sent);
    }

    private Exchange send(Question question, Map<String, String> proof, Map<String, String> headers)
            throws TransportException {
        Map<String, String> parameters = new LinkedHashMap<>(question.parameters());
        parameters.putAll(provider.tokenParameters());
        parameters.putAll(proof);
        Request.Builder request =
                new Request.Builder().url(question.url()).post(Parameters.body(TokenRequestFormat.FORM, parameters));
        provider.tokenHeaders().forEach(request::header);
        headers.forEach(request::header);
        RequestFacts facts = facts(question, parameters, headers);
        return new Exchange(calls.answer(request.build(), facts), facts);
    }

    private RequestFacts facts(Question question, Map<String, String> parameters, Map<String, String> headers) {
        RequestFacts.Builder facts = RequestFacts.builder("POST", where(question))
                .attempt(question.attempt())
                .provider(provider.name())
                .clientAuthentication(authentication.method())
                .parameters(Parameters.visible(parameters))
                .rules(question.rules());
        parameters.forEach((name, value) -> facts.secret(Parameters.isPublic(name) ? null : value));
        headers.values().forEach(value -> facts.secret(value).secret(value.substring(value.indexOf(' ') + 1)));
        facts.secrets(provider.tokenHeaders().values());
        return facts.build();
    }

    private static String where(Question question) {
        return JsonCall.where(question.url());
    }
}
