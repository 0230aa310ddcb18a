package dev.latchkey.examples;

import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** One client for all calls, where single calls need a token of another scope: the request names its source. */
public final class PerRequestToken {
    private PerRequestToken() {}

    /**
     * Makes a call with the token of another scope.
     *
     * @param tokens the token manager of the client
     * @param api a client with the interceptor
     * @param url what to get
     * @return the HTTP status
     * @throws IOException if there was no token, or the API answered with an error
     */
    public static int run(TokenManager tokens, OkHttpClient api, String url) throws IOException {
        // begin: per request
        Request request = new Request.Builder()
                .url(url)
                .tag(TokenSource.class, tokens.scope("reports/read"))
                .build();
        // end: per request
        try (Response response = api.newCall(request).execute()) {
            return response.code();
        }
    }
}
