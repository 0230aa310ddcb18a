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
import dev.latchkey.provider.TokenRequestFormat;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

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
     * Makes a request that posts an object.
     *
     * @param url the address
     * @param members the members of the object
     * @param headers the headers
     * @param bearer the token that it carries, or null for none
     * @return the request; it can be sent once
     */
    public static Request post(
            String url, Map<String, String> members, Map<String, String> headers, @Nullable String bearer) {
        Request.Builder request =
                new Request.Builder().url(url).post(Parameters.body(TokenRequestFormat.JSON, members));
        headers.forEach(request::header);
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return request.build();
    }

    /** {@return host and path of an address, as messages name it} */
    public static String where(String url) {
        HttpUrl parsed = HttpUrl.get(url);
        return parsed.host() + parsed.encodedPath();
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
