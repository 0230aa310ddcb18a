package dev.latchkey.examples;

import dev.latchkey.OAuthInterceptor;
import dev.latchkey.TokenManager;
import dev.latchkey.clientauth.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** From the dependency to the first 200: a signing key, a token manager, an interceptor. */
public final class FirstCall {
    private FirstCall() {}

    /**
     * Calls an API.
     *
     * @param tokenEndpoint the URL of the token endpoint
     * @param privateKey the file of the private key
     * @param clientKey the value of {@code x-client-key}
     * @param apiOrigin the origin of the API, such as {@code https://api.example.com}
     * @return the HTTP status
     * @throws IOException if there was no token, or the API answered with an error
     */
    public static int run(String tokenEndpoint, Path privateKey, String clientKey, String apiOrigin)
            throws IOException {
        // spotless:off
        // begin: first call
        SigningKey key = SigningKey.read(privateKey).withKeyId("2026-key-1");
        TokenManager tokens = TokenManager.builder(tokenEndpoint)
                .clientId("my-client").signingKey(key)
                .header("x-client-key", clientKey).apiOrigin(apiOrigin)
                .build();
        OkHttpClient api = OAuthInterceptor.of(tokens).applyTo(new OkHttpClient.Builder()).build();
        Request request = new Request.Builder().url(apiOrigin + "/v1/patients").build();
        Response response = api.newCall(request).execute();
        // end: first call
        // spotless:on
        try (tokens;
                response) {
            return response.code();
        }
    }
}
