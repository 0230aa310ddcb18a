package dev.latchkey;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.InvalidResponseException;
import dev.latchkey.error.LoginFailure;
import dev.latchkey.error.OAuthException;
import dev.latchkey.internal.endpoint.JsonCall;
import dev.latchkey.internal.http.HttpAnswer;
import dev.latchkey.internal.http.RequestFacts;
import dev.latchkey.internal.json.JsonObject;
import dev.latchkey.provider.Endpoint;
import dev.latchkey.provider.Provider;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls of a sign-in that the client makes itself: JSON both ways, with the headers of the provider's sign-in. */
final class LoginCalls {
    private final Provider provider;
    private final JsonCall calls;

    LoginCalls(Provider provider, JsonCall calls) {
        this.provider = provider;
        this.calls = calls;
    }

    JsonObject post(Endpoint endpoint, Map<String, String> members, @Nullable String bearer) throws OAuthException {
        String url = provider.endpoint(endpoint)
                .orElseThrow(() ->
                        new IllegalStateException(provider.name() + " has no API mode for signing in; use login()"));
        RequestFacts facts = facts(url, endpoint, members, bearer);
        HttpAnswer answer =
                calls.answer(JsonCall.post(url, members, provider.loginProfile().headers(), bearer), facts);
        try {
            return JsonCall.object(answer, facts);
        } catch (OAuthException e) {
            throw typed(e, answer, endpoint, members);
        }
    }

    /** An answer of 200 that makes no sense. */
    InvalidResponseException unexpected(String how) {
        return new InvalidResponseException(ErrorDetails.builder("Sign-in", "the provider answered " + how)
                .provider(provider.name())
                .remedy("Restart the sign-in. If this goes on, tell the provider: the answer is not as documented.")
                .build());
    }

    private RequestFacts facts(String url, Endpoint endpoint, Map<String, String> members, @Nullable String bearer) {
        RequestFacts.Builder facts = RequestFacts.builder("POST", JsonCall.where(url))
                .attempt("Sign-in (" + endpoint.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")")
                .provider(provider.name())
                .rules(provider.tokenErrorRules())
                .secret(bearer);
        facts.secrets(members.values());
        facts.secrets(provider.loginProfile().headers().values());
        return facts.build();
    }

    /** What the person can do something about is told apart; a wrong client key and a busy server are not theirs. */
    private static OAuthException typed(
            OAuthException e, HttpAnswer answer, Endpoint endpoint, Map<String, String> members) {
        boolean asked = answer.status() == 400 || answer.status() == 401;
        if (!asked || endpoint == Endpoint.ONE_TIME_PASSWORD) {
            return e;
        }
        if (endpoint == Endpoint.APPROVAL) {
            return LoginRefusals.of(
                    e,
                    LoginFailure.EXPIRED,
                    "The session of the sign-in is over, or the login token is not of it: restart the sign-in, and do not begin it"
                            + " before the person is there. "
                            + e.remedy());
        }
        String words = e.details().description().orElse("").toLowerCase(Locale.ROOT);
        if (words.contains("disabled")) {
            return LoginRefusals.of(
                    e,
                    LoginFailure.ACCOUNT_DISABLED,
                    "The account is disabled: the person has to ask the provider's support.");
        }
        boolean credentials = words.contains("password") && !words.contains("one-time");
        if (members.containsKey("otpCode") && !credentials) {
            return LoginRefusals.of(
                    e,
                    LoginFailure.WRONG_ONE_TIME_PASSWORD,
                    "The one-time password was wrong or is over: have another one sent, and log in again with it.");
        }
        return LoginRefusals.of(
                e,
                LoginFailure.WRONG_CREDENTIALS,
                "Name or password are wrong, or a one-time password is wanted: ask the person again, without telling which.");
    }
}
