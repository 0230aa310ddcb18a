package dev.latchkey.examples;

import dev.latchkey.Discovery;
import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.ReauthorizationRequiredException;
import dev.latchkey.provider.Baanx;
import dev.latchkey.provider.OathIdB2b;
import dev.latchkey.provider.OlxPartner;
import dev.latchkey.provider.Provider;
import dev.latchkey.provider.Redox;
import dev.latchkey.provider.SmartBackendServices;
import dev.latchkey.store.TokenStore;
import dev.latchkey.token.RefreshToken;
import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The prepared providers: one line says which it is, and the credentials are all that is left to say. */
public final class Providers {
    private Providers() {}

    /**
     * Redox: a key that is registered in its dashboard.
     *
     * @param key the private key
     * @return a token manager
     */
    public static TokenManager redox(SigningKey key) {
        // begin: redox
        return TokenManager.builder(Redox.production())
                .clientId("my-client")
                .signingKey(key)
                .build();
        // end: redox
    }

    /**
     * Redox in Canada, on the way from a legacy key to an OAuth key.
     *
     * @return the provider
     */
    public static Provider redoxWithLegacySource() {
        // begin: redox legacy
        return Redox.withSourceId(Redox.canada(), "my-legacy-key-id");
        // end: redox legacy
    }

    /**
     * Yahoo DSP, a product behind Oath ID B2B.
     *
     * @param clientSecret the secret
     * @return a token manager
     */
    public static TokenManager yahooDsp(String clientSecret) {
        // begin: oath dsp
        return TokenManager.builder(OathIdB2b.dsp())
                .clientId("my-client")
                .clientSecret(clientSecret)
                .build();
        // end: oath dsp
    }

    /**
     * Another product behind Oath ID B2B, at its environment for tests.
     *
     * @param api the origin of the product's API
     * @return the provider
     */
    public static Provider oathProduct(String api) {
        // begin: oath product
        return OathIdB2b.uat("aolcorporate/aolexternals").toBuilder()
                .defaultScope("one")
                .apiOrigin(api)
                .build();
        // end: oath product
    }

    /**
     * Baanx, where only people have tokens: a store keeps them over a restart.
     *
     * @param clientKey the public key of the client
     * @param store the application's store
     * @return a token manager
     */
    public static TokenManager baanx(String clientKey, TokenStore store) {
        // begin: baanx
        return TokenManager.builder(Baanx.production(clientKey)).store(store).build();
        // end: baanx
    }

    /**
     * Baanx for users of the United States, with a secret key in token requests.
     *
     * @param clientKey the public key of the client
     * @param secretKey the secret key
     * @return the provider
     */
    public static Provider baanxUnitedStates(String clientKey, String secretKey) {
        // begin: baanx us
        return Baanx.unitedStates(Baanx.production(clientKey)).toBuilder()
                .tokenHeader("x-secret-key", secretKey)
                .build();
        // end: baanx us
    }

    /**
     * Makes the first call for a person who has just signed in.
     *
     * @param tokens the token manager
     * @param api a client with the interceptor
     * @param refreshToken what the sign-in brought
     * @param url what to get
     * @return the HTTP status
     * @throws IOException if there was no token, or the API answered with an error
     */
    public static int firstCallOfAUser(TokenManager tokens, OkHttpClient api, String refreshToken, String url)
            throws IOException {
        // begin: adopt
        TokenSource user = tokens.adopt("user-17", RefreshToken.of(refreshToken));
        Request request =
                new Request.Builder().url(url).tag(TokenSource.class, user).build();
        // end: adopt
        try (Response response = api.newCall(request).execute()) {
            return response.code();
        }
    }

    /**
     * Makes a later call for the same person, perhaps in another process.
     *
     * @param tokens the token manager
     * @param api a client with the interceptor
     * @param url what to get
     * @return the HTTP status, or that the person has to sign in again
     * @throws IOException if there was no token, or the API answered with an error
     */
    public static String laterCallOfAUser(TokenManager tokens, OkHttpClient api, String url) throws IOException {
        Request request = new Request.Builder()
                .url(url)
                .tag(TokenSource.class, tokens.user("user-17"))
                .build();
        // begin: signed out
        try (Response response = api.newCall(request).execute()) {
            return "answered " + response.code();
        } catch (ReauthorizationRequiredException e) {
            return "sign in again: " + e.reason();
        }
        // end: signed out
    }

    /**
     * The OLX Partner API of one country.
     *
     * @param clientSecret the secret
     * @return a token manager
     */
    public static TokenManager olx(String clientSecret) {
        // begin: olx
        return TokenManager.builder(OlxPartner.country("pl"))
                .clientId("100001")
                .clientSecret(clientSecret)
                .build();
        // end: olx
    }

    /**
     * A FHIR server with SMART Backend Services, which tells its token endpoint itself.
     *
     * @param fhirBaseUrl the base of the FHIR server
     * @param key the private key
     * @return a token manager
     * @throws OAuthException if the server does not describe itself
     */
    public static TokenManager smart(String fhirBaseUrl, SigningKey key) throws OAuthException {
        // begin: smart
        Provider ehr = Discovery.of(SmartBackendServices.at(fhirBaseUrl)).fetch();
        return TokenManager.builder(ehr)
                .clientId("my-client")
                .signingKey(key)
                .scope("system/*.rs")
                .build();
        // end: smart
    }
}
