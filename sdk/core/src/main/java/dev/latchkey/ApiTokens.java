package dev.latchkey;

import dev.latchkey.token.AccessToken;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/** Gets the token of an API call, for no longer than that call lasts. */
final class ApiTokens {
    private ApiTokens() {}

    /** A live token costs no waiting and no object. */
    static AccessToken tokenFor(Call call, TokenSource source) throws IOException {
        CachingTokenSource cache = cacheOf(source);
        AccessToken live = cache == null ? null : cache.liveToken();
        return live != null ? live : await(call, toCome(source));
    }

    /** Has the refused token replaced, unless that has happened already. */
    static AccessToken replacement(Call call, TokenSource source, AccessToken refused) throws IOException {
        source.reject(refused);
        return tokenFor(call, source);
    }

    /** A future of this call's own, so that it can be cancelled. */
    private static CompletableFuture<AccessToken> toCome(TokenSource source) {
        if (source instanceof CachingTokenSource cache) {
            return cache.shared().copy();
        }
        return source instanceof TokenManager manager ? manager.shared().copy() : source.tokenAsync();
    }

    private static @Nullable CachingTokenSource cacheOf(TokenSource source) {
        if (source instanceof CachingTokenSource cache) {
            return cache;
        }
        return source instanceof TokenManager manager ? manager.main() : null;
    }

    /** A call that is cancelled, or runs out of its own time, ends here at once; the flight goes on for the others. */
    private static AccessToken await(Call call, CompletableFuture<AccessToken> token) throws IOException {
        if (!token.isDone()) {
            call.addEventListener(new EventListener() {
                @Override
                public void canceled(Call canceled) {
                    token.cancel(false);
                }
            });
            if (call.isCanceled()) {
                throw new IOException("Canceled");
            }
        }
        return result(token);
    }

    private static AccessToken result(CompletableFuture<AccessToken> token) throws IOException {
        try {
            return present(Waiting.forToken(token));
        } catch (CancellationException e) {
            throw new IOException("Canceled", e);
        } catch (IllegalStateException e) {
            throw Waiting.misused(e);
        }
    }

    /** A source of the user's own may break its word. */
    private static AccessToken present(@Nullable AccessToken token) {
        if (token == null) {
            throw new IllegalStateException(
                    "The TokenSource of this call gave null; it must give a token or throw an OAuthException");
        }
        return token;
    }
}
