package dev.latchkey.internal.endpoint;

import dev.latchkey.internal.http.RetryAfterBound;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.CookieJar;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** The OkHttp client of token requests: what the user's client knows of the network, and nothing that could leak. */
public final class TokenHttpClient {
    private TokenHttpClient() {}

    /**
     * Derives the client. It shares proxy, TLS settings, DNS and connections with the given one. It follows no redirect,
     * keeps no cookie and no cache, runs no interceptor or event listener of the user's and has one time-out for the whole call. Its
     * dispatcher is its own, so that calls which wait for a token cannot keep the request for it from running.
     *
     * @param base the client to derive from
     * @param timeout how long one call may take in all
     * @param closed tells whether no call may begin any more
     * @return the derived client
     */
    public static OkHttpClient derive(OkHttpClient base, Duration timeout, BooleanSupplier closed) {
        OkHttpClient.Builder builder = base.newBuilder()
                .dispatcher(new Dispatcher())
                .followRedirects(false)
                .followSslRedirects(false)
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                .authenticator(Authenticator.NONE)
                .eventListener(EventListener.NONE)
                .callTimeout(timeout)
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout);
        builder.interceptors().clear();
        builder.networkInterceptors().clear();
        return builder.addInterceptor(chain -> begun(chain, closed))
                .addNetworkInterceptor(new RetryAfterBound())
                .build();
    }

    /**
     * A call is among the running ones before it comes here. So one that begins while the manager is closed either ends here or
     * is cancelled, and none leaves a connection in a pool that was emptied.
     */
    private static Response begun(Interceptor.Chain chain, BooleanSupplier closed) throws IOException {
        if (closed.getAsBoolean() && chain.request().tag(Precious.class) == null) {
            throw new IOException("Canceled");
        }
        return chain.proceed(chain.request());
    }

    /** Marks a request that spends what works once, a refresh token or a code: its answer must not be lost. */
    static final class Precious {
        static final Precious MARK = new Precious();

        private Precious() {}
    }

    /**
     * Cancels the calls of a client, but for those whose answer must not be lost.
     *
     * @param client a client made here
     */
    public static void cancelWhatMayBeLost(OkHttpClient client) {
        client.dispatcher().runningCalls().stream()
                .filter(call -> call.request().tag(Precious.class) == null)
                .forEach(Call::cancel);
        client.dispatcher().queuedCalls().forEach(Call::cancel);
    }
}
