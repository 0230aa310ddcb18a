package dev.latchkey;

import dev.latchkey.internal.http.Origins;
import dev.latchkey.internal.http.RetryAfterBound;
import dev.latchkey.provider.Provider;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Puts the credentials of a call on one hop, as the network interceptor beside {@link OAuthInterceptor}. Decided on the URL of
 * that hop, for each anew, so that a redirect to a foreign origin leaves without them. A class of its own, since the JVM
 * compiles the whole way of a call into one piece only where nothing on it calls itself.
 *
 * <p>Thread-safety: safe.
 */
final class CredentialHeaders implements Interceptor {
    private static final String AUTHORIZATION = "Authorization";

    private final Origins origins;
    private final Map<String, String> always;
    private final String tokenHeader;
    private final DressedHeaders dressed;
    private final Set<String> ours = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    CredentialHeaders(Provider provider, Origins origins) {
        this.origins = origins;
        this.always = provider.apiHeaders();
        this.tokenHeader = provider.accessTokenHeader();
        this.dressed = new DressedHeaders(always, tokenHeader, provider.contentTypeNeedsBody());
        this.ours.add(tokenHeader);
        this.ours.addAll(always.keySet());
    }

    /** {@return whether this is a handshake that is left as it is} */
    static boolean isWebSocket(Request request) {
        return "websocket".equalsIgnoreCase(request.header("Upgrade"));
    }

    /** {@return whether the caller put a token on by hand} Such a request gets none of ours. */
    boolean isTokenSetIn(Request request) {
        return request.header(tokenHeader) != null;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Credentials credentials = Credentials.of(chain.call());
        if (credentials == null) {
            if (isWebSocket(request)) {
                return chain.proceed(request);
            }
            throw new IllegalStateException(
                    "This call has not passed OAuthInterceptor where it began: put it on the client"
                            + " with OAuthInterceptor.of(tokens).applyTo(builder)");
        }
        credentials.reachAHop();
        if (!origins.allow(request.url())) {
            return RetryAfterBound.bounded(chain.proceed(without(request)));
        }
        return outOfCaches(RetryAfterBound.bounded(chain.proceed(with(request, credentials))));
    }

    /**
     * A cache further out compares requests that do not show our headers, and keeps the headers that an answer varies with.
     * What varies with one of ours would go to another user, and our header to a disk: it is marked as never to be served from
     * a cache, which is a reason not to keep it.
     */
    private Response outOfCaches(Response response) {
        return variesWithOurs(response.headers("Vary"))
                ? response.newBuilder().header("Vary", "*").build()
                : response;
    }

    private boolean variesWithOurs(List<String> vary) {
        return !vary.isEmpty()
                && vary.stream()
                        .flatMap(list -> Stream.of(list.split(",")))
                        .anyMatch(name -> ours.contains(name.strip()));
    }

    /** A caller may have put a provider's header on by hand; a redirect takes that to a foreign origin as well. */
    private Request without(Request request) {
        Request.Builder builder = request.newBuilder();
        always.keySet().forEach(builder::removeHeader);
        if (!tokenHeader.equalsIgnoreCase(AUTHORIZATION)) {
            builder.removeHeader(tokenHeader);
        }
        return builder.build();
    }

    private Request with(Request request, Credentials credentials) {
        return request.newBuilder()
                .headers(dressed.of(request, credentials.token()))
                .build();
    }
}
