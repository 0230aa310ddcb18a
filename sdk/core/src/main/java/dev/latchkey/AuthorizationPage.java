package dev.latchkey;

import dev.latchkey.error.OAuthException;
import dev.latchkey.internal.endpoint.JsonCall;
import dev.latchkey.internal.http.HttpAnswer;
import dev.latchkey.internal.http.InvalidResponses;
import dev.latchkey.internal.http.RequestFacts;
import dev.latchkey.internal.http.TokenErrors;
import dev.latchkey.internal.json.JsonObject;
import dev.latchkey.login.PendingLogin;
import dev.latchkey.provider.Provider;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Makes the authorization request where the provider wants the client to, and finds out where the browser goes. */
final class AuthorizationPage {
    private final Provider provider;
    private final JsonCall calls;

    AuthorizationPage(Provider provider, JsonCall calls) {
        this.provider = provider;
        this.calls = calls;
    }

    /** The answer is a redirect that is not followed, or JSON with the address: both are taken. */
    PendingLogin of(PendingLogin pending) throws OAuthException {
        HttpUrl url = HttpUrl.get(pending.authorizationUrl());
        RequestFacts facts = facts(url);
        HttpAnswer answer = answer(url, facts);
        boolean redirect = answer.status() >= 300 && answer.status() < 400;
        Optional<String> page = redirect
                ? answer.header("Location").map(location -> resolved(url, location))
                : JsonCall.object(answer, facts).words("url");
        return pending.withAuthorizationUrl(usable(page.orElse(""), answer, facts));
    }

    /** The members of a JSON answer. */
    JsonObject object(String authorizationUrl) throws OAuthException {
        HttpUrl url = HttpUrl.get(authorizationUrl);
        RequestFacts facts = facts(url);
        HttpAnswer answer = answer(url, facts);
        return JsonCall.object(answer, facts);
    }

    private HttpAnswer answer(HttpUrl url, RequestFacts facts) throws OAuthException {
        Request.Builder request = new Request.Builder().url(url);
        provider.loginProfile().headers().forEach(request::header);
        HttpAnswer answer = calls.answer(request.build(), facts);
        if (answer.status() >= 400) {
            throw LoginRefusals.of(TokenErrors.read(answer, facts));
        }
        return answer;
    }

    private RequestFacts facts(HttpUrl url) {
        RequestFacts.Builder facts = RequestFacts.builder("GET", url.host() + url.encodedPath())
                .attempt("Sign-in (authorization request)")
                .provider(provider.name())
                .rules(provider.tokenErrorRules())
                .secret(url.queryParameter("state"));
        facts.secrets(provider.loginProfile().headers().values());
        return facts.build();
    }

    private static String resolved(HttpUrl url, String location) {
        HttpUrl target = url.resolve(location);
        return target == null ? "" : target.toString();
    }

    /** A browser is sent to https only, or to this machine where the provider itself is on it (V-16). */
    private static String usable(String page, HttpAnswer answer, RequestFacts facts) throws OAuthException {
        HttpUrl url = HttpUrl.parse(page);
        if (url == null || !(url.isHttps() || isOfThisMachine(url, facts))) {
            throw InvalidResponses.of(
                    answer,
                    facts,
                    "without an https address to send the browser to",
                    "Check that the provider's address is right, and that nothing stands in between; the browser was sent"
                            + " nowhere.");
        }
        return url.toString();
    }

    private static boolean isOfThisMachine(HttpUrl url, RequestFacts facts) {
        return url.host().equals("127.0.0.1") && facts.where().startsWith("127.0.0.1/");
    }
}
