package dev.latchkey;

import dev.latchkey.error.DisallowedOriginException;
import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.OAuthException;
import dev.latchkey.internal.http.Origins;
import dev.latchkey.provider.Provider;
import dev.latchkey.token.AccessToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Puts the access token and the headers of the provider on API calls, replaces a token that the API refuses and replays
 * the call once, and turns error answers into typed exceptions.
 *
 * <pre>{@code
 * OkHttpClient api = OAuthInterceptor.of(tokens).applyTo(new OkHttpClient.Builder()).build();
 * }</pre>
 *
 * <p>Credentials are put on at the last moment, hop by hop, and only where the URL that is sent is of an allowed origin: a
 * redirect to another host carries none. The {@link Request} objects that an application, its application interceptors, its
 * cache and its exceptions get to see never hold them. What was sent is seen by network interceptors that are added after this
 * one, by event listeners, and in {@link Response#networkResponse()}.
 *
 * <p>A request that has an {@code Authorization} header of its own (or whatever header carries the provider's token) keeps it and
 * gets no token. A request tagged with a
 * {@link TokenSource} ({@code request.tag(TokenSource.class, source)}) gets the token of that source, and goes past the cache of
 * the client, which would give its answer to the next who asks. A WebSocket
 * handshake is left as it is, since OkHttp follows its redirects where no interceptor can look.
 *
 * <p>Thread-safety: safe.
 */
public final class OAuthInterceptor implements Interceptor {
    private final TokenManager tokens;
    private final Origins origins;
    private final ApiAnswers answers;
    private final CredentialHeaders headers;

    private OAuthInterceptor(TokenManager tokens, IntPredicate throwOn) {
        Provider provider = tokens.provider();
        List<String> allowed = new ArrayList<>(provider.apiOrigins());
        allowed.add(provider.tokenEndpoint());
        this.tokens = tokens;
        this.origins = Origins.of(allowed);
        this.answers = new ApiAnswers(provider, tokens.engine().time(), throwOn);
        this.headers = new CredentialHeaders(provider, origins);
    }

    /**
     * Makes the interceptor with its defaults: every answer from 400 to 599 becomes an exception.
     *
     * @param tokens where tokens come from
     * @return the interceptor; put it on a client with {@link #applyTo}
     */
    public static OAuthInterceptor of(TokenManager tokens) {
        return builder(tokens).build();
    }

    /**
     * Starts an interceptor.
     *
     * @param tokens where tokens come from
     * @return a builder
     */
    public static Builder builder(TokenManager tokens) {
        return new Builder(Objects.requireNonNull(tokens, "tokens"));
    }

    /**
     * Puts the interceptor on a client, both where calls begin and where each hop leaves. Interceptors that are to see
     * typed exceptions are added before, those that are to see each replay after.
     *
     * @param client the builder of the client
     * @return the same builder
     */
    public OkHttpClient.Builder applyTo(OkHttpClient.Builder client) {
        return Objects.requireNonNull(client, "client").addInterceptor(this).addNetworkInterceptor(headers);
    }

    /**
     * Runs a call; called by OkHttp.
     *
     * @throws OAuthException if there is no token, the URL is of a foreign origin, or the API answered with an error
     * @throws IOException if the call fails below
     */
    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if (isHop(chain)) {
            return headers.intercept(chain);
        }
        if (CredentialHeaders.isWebSocket(request)) {
            return chain.proceed(request);
        }
        if (!origins.allow(request.url())) {
            throw disallowed(request);
        }
        if (headers.isTokenSetIn(request)) {
            return answers.checked(chain.call(), send(chain, null));
        }
        TokenSource named = request.tag(TokenSource.class);
        if (named == null) {
            return withToken(chain, tokens);
        }
        // A cache goes by the URL, so that the next to ask would get the answer of this user.
        return withToken(chain.withCache(null), named);
    }

    private Response withToken(Chain chain, TokenSource source) throws IOException {
        AccessToken token = ApiTokens.tokenFor(chain.call(), source);
        Response response = send(chain, token);
        boolean refused = answers.refusesToken(chain.call(), response)
                && origins.allow(response.request().url());
        return answers.checked(chain.call(), refused ? healed(chain, source, token, response) : response);
    }

    /** A body that is gone cannot be sent again, but the next call is to have a token that works. */
    private Response healed(Chain chain, TokenSource source, AccessToken refused, Response refusal) throws IOException {
        if (isReplayable(chain.request())) {
            return replayed(chain, source, refused, refusal);
        }
        source.reject(refused);
        return refusal;
    }

    /** Once, and only with another token: the same one would be refused again. */
    private Response replayed(Chain chain, TokenSource source, AccessToken refused, Response refusal)
            throws IOException {
        AccessToken next = replacement(chain, source, refused, refusal);
        if (next.hasSameValueAs(refused)) {
            return refusal;
        }
        refusal.close();
        return send(chain, next);
    }

    private static AccessToken replacement(Chain chain, TokenSource source, AccessToken refused, Response refusal)
            throws IOException {
        try {
            return ApiTokens.replacement(chain.call(), source, refused);
        } catch (IOException | RuntimeException e) {
            refusal.close();
            throw e;
        }
    }

    private static Response send(Chain chain, @Nullable AccessToken token) throws IOException {
        Credentials credentials = Credentials.carriedBy(chain.call(), token);
        Response response = chain.proceed(chain.request());
        if (credentials.neverReachedAHop(response)) {
            response.close();
            throw new IllegalStateException("OAuthInterceptor was added with addInterceptor(…) alone, so no credentials"
                    + " were sent; put it on the client with OAuthInterceptor.of(tokens).applyTo(builder)");
        }
        return response;
    }

    private static boolean isReplayable(Request request) {
        return request.body() == null
                || !(request.body().isOneShot() || request.body().isDuplex());
    }

    /** Somebody has put this on a client by hand, without {@link #applyTo}. */
    private static boolean isHop(Chain chain) {
        return chain.connection() != null;
    }

    private DisallowedOriginException disallowed(Request request) {
        String origin = Origins.originOf(request.url());
        return new DisallowedOriginException(ErrorDetails.builder(
                        "API call", origin + " is none of the origins that credentials may go to (" + origins + ")")
                .where(request.url().host() + request.url().encodedPath())
                .provider(tokens.provider().name())
                .remedy("If this host is meant to get the token, add .apiOrigin(\"" + origin
                        + "\"); otherwise call it with a client of its own.")
                .requestSent(false)
                .build());
    }

    /**
     * Makes an {@link OAuthInterceptor}.
     *
     * <p>Thread-safety: not thread-safe.
     */
    public static final class Builder {
        private final TokenManager tokens;
        private IntPredicate throwOn = status -> status >= 400 && status <= 599;

        private Builder(TokenManager tokens) {
            this.tokens = tokens;
        }

        /**
         * Sets which answers become exceptions; the others come back as they are. Default: 400 to 599. A 401 is healed
         * in either case where a new token can heal it.
         *
         * @param statuses tells whether an HTTP status becomes an exception
         * @return this builder
         */
        public Builder throwOn(IntPredicate statuses) {
            this.throwOn = Objects.requireNonNull(statuses, "statuses");
            return this;
        }

        /** {@return the interceptor} */
        public OAuthInterceptor build() {
            return new OAuthInterceptor(tokens, throwOn);
        }
    }
}
