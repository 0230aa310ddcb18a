package dev.latchkey;

import dev.latchkey.token.AccessToken;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Adds credentials to the headers of a request. Most calls of a client have the same headers and the same token as the call
 * before, and OkHttp looks at each character of a value each time that it is added: so the outcome is kept.
 *
 * <p>Thread-safety: safe. What is kept is one immutable value; a lost race makes it once more.
 */
final class DressedHeaders {
    private static final String AUTHORIZATION = "Authorization";

    private final Map<String, String> always;
    private final String tokenHeader;
    private final boolean contentTypeNeedsBody;
    private volatile @Nullable Dressed last;

    /** The headers of a request without credentials and with them. */
    private record Dressed(
            Headers bare, boolean hasBody, @Nullable AccessToken token, Headers headers) {
        boolean fits(Request request, @Nullable AccessToken wanted) {
            return token == wanted && hasBody == (request.body() != null) && bare.equals(request.headers());
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
        if (known != null && known.fits(request, token)) {
            return known.headers;
        }
        Headers headers = dressed(request, token);
        last = new Dressed(request.headers(), request.body() != null, token, headers);
        return headers;
    }

    private Headers dressed(Request request, @Nullable AccessToken token) {
        Headers bare = request.headers();
        Headers.Builder builder = bare.newBuilder();
        always.forEach((name, value) -> {
            if (bare.get(name) == null) {
                builder.add(name, value);
            }
        });
        if (token != null && bare.get(tokenHeader) == null) {
            builder.add(tokenHeader, valueOf(token));
        }
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
