package dev.latchkey;

import dev.latchkey.token.AccessToken;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Adds credentials to the headers of a request. OkHttp looks at each character of a value each time that it is added by name,
 * so what a token adds is put together once; and since most calls of a client look like the call before, so is the outcome.
 *
 * <p>Thread-safety: safe. What is kept is one immutable value; a lost race makes it once more.
 */
final class DressedHeaders {
    private static final String AUTHORIZATION = "Authorization";

    private final Map<String, String> always;
    private final String tokenHeader;
    private final boolean contentTypeNeedsBody;
    private volatile @Nullable Dressed last;

    /**
     * The headers of a request without credentials and with them.
     *
     * @param added what the token adds to any request
     */
    private record Dressed(@Nullable AccessToken token, Headers added, Headers bare, boolean hasBody, Headers headers) {
        boolean fits(Request request) {
            return hasBody == (request.body() != null) && bare.equals(request.headers());
        }
    }

    DressedHeaders(Map<String, String> always, String tokenHeader, boolean contentTypeNeedsBody) {
        this.always = always;
        this.tokenHeader = tokenHeader;
        this.contentTypeNeedsBody = contentTypeNeedsBody;
    }

    /** Leaves alone what the caller has put on by hand. */
    Headers of(Request request, @Nullable AccessToken token) {
        Dressed known = last;
        if (known == null || known.token != token) {
            return kept(request, token, added(token));
        }
        return known.fits(request) ? known.headers : kept(request, token, known.added);
    }

    private Headers kept(Request request, @Nullable AccessToken token, Headers added) {
        Headers headers = dressed(request, added);
        last = new Dressed(token, added, request.headers(), request.body() != null, headers);
        return headers;
    }

    private Headers added(@Nullable AccessToken token) {
        Headers.Builder builder = new Headers.Builder();
        always.forEach(builder::add);
        if (token != null) {
            builder.add(tokenHeader, valueOf(token));
        }
        return builder.build();
    }

    private Headers dressed(Request request, Headers added) {
        Headers.Builder missing = added.newBuilder();
        request.headers().names().forEach(missing::removeAll);
        Headers.Builder builder = request.headers().newBuilder().addAll(missing.build());
        if (contentTypeNeedsBody && request.body() == null) {
            builder.removeAll("Content-Type");
        }
        return builder.build();
    }

    /** Not {@link AccessToken#authorization()}, which the token would keep: here it is kept for one token only. */
    private String valueOf(AccessToken token) {
        return tokenHeader.equalsIgnoreCase(AUTHORIZATION) ? token.type().name() + " " + token.value() : token.value();
    }
}
