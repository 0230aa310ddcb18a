package dev.latchkey;

import dev.latchkey.error.ApiException;
import dev.latchkey.error.InvalidTokenException;
import dev.latchkey.internal.http.AnswerReader;
import dev.latchkey.internal.http.ApiErrors;
import dev.latchkey.internal.http.RequestFacts;
import dev.latchkey.internal.time.Time;
import dev.latchkey.provider.Provider;
import java.util.function.IntPredicate;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;

/** Says what an answer of an API means: nothing, a refused token, or an error. */
final class ApiAnswers {
    private final Provider provider;
    private final Time time;
    private final IntPredicate throwOn;

    ApiAnswers(Provider provider, Time time, IntPredicate throwOn) {
        this.provider = provider;
        this.time = time;
        this.throwOn = throwOn;
    }

    /** Only a 401 that speaks of the token: missing scope is no reason for another token, nor is a refused client key. */
    boolean refusesToken(Call call, Response response) {
        return response.code() == 401 && read(call, response) instanceof InvalidTokenException;
    }

    /** Gives the response back, or throws what it says; a response that is thrown is closed. */
    Response checked(Call call, Response response) throws ApiException {
        if (!throwOn.test(response.code())) {
            return response;
        }
        try (response) {
            throw read(call, response);
        }
    }

    /** Looks into the buffered start of the body without using it up. */
    private ApiException read(Call call, Response response) {
        Request request = response.request();
        RequestFacts.Builder facts = RequestFacts.builder(
                        request.method(), request.url().host() + request.url().encodedPath())
                .provider(provider.name())
                .rules(provider.apiErrorRules());
        facts.secrets(provider.apiHeaders().values());
        Credentials credentials = Credentials.of(call);
        if (credentials != null && credentials.token() != null) {
            facts.secret(credentials.token().value());
        }
        return ApiErrors.read(AnswerReader.readApi(response, time.now()), facts.build());
    }
}
