package dev.latchkey;

import dev.latchkey.token.AccessToken;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Adds credentials to the headers of a request. Most calls of a client have the same headers and the same token as the call
 * before, and OkHttp looks at each character of a value each time that it is added: so the outcome is kept, and a token that
 * was looked at is not looked at again.
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
        boolean checked = known != null && known.token == token && known.bare.get(tokenHeader) == null;
        Headers headers = dressed(request, token, checked);
        last = new Dressed(request.headers(), request.body() != null, token, headers);
        return headers;
    }

    private Headers dressed(Request request, @Nullable AccessToken token, boolean checked) {
        Headers bare = request.headers();
        Headers.Builder builder = bare.newBuilder();
        always.forEach((name, value) -> {
            if (bare.get(name) == null) {
                builder.addUnsafeNonAscii(name, value);
            }
        });
        if (token != null && bare.get(tokenHeader) == null) {
            add(builder, valueOf(token), checked);
        }
        if (contentTypeNeedsBody && request.body() == null) {
            builder.removeAll("Content-Type");
        }
        return builder.build();
    }

    private void add(Headers.Builder builder, String value, boolean checked) {
        if (checked) {
            builder.addUnsafeNonAscii(tokenHeader, value);
        } else {
            builder.add(tokenHeader, value);
        }
    }

    /** Not {@link AccessToken#authorization()}, which the token would keep: here it is kept for one token only. */
    private String valueOf(AccessToken token) {
        return tokenHeader.equalsIgnoreCase(AUTHORIZATION) ? token.type().name() + " " + token.value() : token.value();
    }
}
