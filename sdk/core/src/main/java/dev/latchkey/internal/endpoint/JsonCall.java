package dev.latchkey.internal.endpoint;

import dev.latchkey.error.OAuthException;
import dev.latchkey.error.TransportException;
import dev.latchkey.internal.http.AnswerReader;
import dev.latchkey.internal.http.HttpAnswer;
import dev.latchkey.internal.http.InvalidResponses;
import dev.latchkey.internal.http.RequestFacts;
import dev.latchkey.internal.http.TokenErrors;
import dev.latchkey.internal.json.JsonException;
import dev.latchkey.internal.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A call of an endpoint beside the token endpoint: once, without redirects, its answer bounded and a JSON object. */
public final class JsonCall {
    private final OkHttpClient http;
    private final Supplier<Instant> clock;

    /**
     * Prepares calls.
     *
     * @param http a client made by {@link TokenHttpClient}
     * @param clock the wall clock
     */
    public JsonCall(OkHttpClient http, Supplier<Instant> clock) {
        this.http = http;
        this.clock = clock;
    }

    /**
     * Makes a call.
     *
     * @param request the request
     * @param facts what is needed to judge the answer
     * @return the answer, of any status
     * @throws TransportException if none came
     */
    public HttpAnswer answer(Request request, RequestFacts facts) throws TransportException {
        Request asJson = request.newBuilder()
                .header("Accept", "application/json")
                .header("Accept-Encoding", "identity")
                .build();
        try (Response response = http.newCall(asJson).execute()) {
            return AnswerReader.readToken(response, clock.get());
        } catch (IOException e) {
            throw TransportFailures.of(e, facts, true);
        }
    }

    /**
     * Reads the object of an answer.
     *
     * @param answer the answer
     * @param facts what was sent
     * @return the object
     * @throws OAuthException if the answer is an error, or no JSON object
     */
    public static JsonObject object(HttpAnswer answer, RequestFacts facts) throws OAuthException {
        if (!answer.isSuccess()) {
            throw TokenErrors.read(answer, facts);
        }
        if (answer.isCompressed() || answer.isTruncated()) {
            throw InvalidResponses.unreadable(answer, facts);
        }
        try {
            return JsonObject.read(answer.body());
        } catch (JsonException e) {
            throw InvalidResponses.unreadable(answer, facts);
        }
    }
}
