package dev.latchkey.provider;

import dev.latchkey.clientauth.NoAuthentication;
import java.time.Duration;
import java.util.Objects;

/**
 * Baanx, the card platform: people sign in, the client is known by {@code x-client-key}, token requests are JSON, and each
 * refresh brings a new refresh token and spends the old one. The client key is the client identifier too.
 *
 * <pre>{@code
 * TokenManager tokens = TokenManager.builder(Baanx.sandbox(clientKey)).build();
 * }</pre>
 *
 * <p>The documents disagree on where {@code x-secret-key} is wanted: "for OAuth endpoints" says one page, other examples go
 * without it. It is sent nowhere unless it is set for an endpoint: {@code Baanx.sandbox(key).toBuilder().tokenHeader("x-secret-key",
 * secretKey).build()} sends it with token requests, and with nothing else; {@code LoginProfile.withHeader} does so with the requests of a sign-in.
 *
 * <p>Sources: docs.baanx.com, "OAuth" and "Troubleshooting". The life of refresh tokens is 7 days on one page and 184 days on
 * another; what the answer says counts, and 7 days where it says nothing.
 */
public final class Baanx {
    private static final String PRODUCTION = "https://api.baanx.com";
    private static final String SANDBOX = "https://dev.api.baanx.com";
    private static final Duration TOKEN_LIFE = Duration.ofHours(6);
    private static final Duration REFRESH_TOKEN_LIFE = Duration.ofDays(7);

    private Baanx() {}

    /**
     * Gives the production platform.
     *
     * @param clientKey the public key of the client in production
     * @return the provider
     * @throws IllegalArgumentException if the key is blank or no header could carry it
     */
    public static Provider production(String clientKey) {
        return provider("Baanx", PRODUCTION, clientKey, BaanxErrors.PRODUCTION).build();
    }

    /**
     * Gives the sandbox. Keys and data of the sandbox are no use in production, nor the other way round.
     *
     * @param clientKey the public key of the client in the sandbox
     * @return the provider
     * @throws IllegalArgumentException if the key is blank or no header could carry it
     */
    public static Provider sandbox(String clientKey) {
        return provider("Baanx sandbox", SANDBOX, clientKey, BaanxErrors.SANDBOX)
                .loginProfile(loginProfile(
                        clientKey, RedirectUriRules.standard().withoutQuery().withPlainHttp()))
                .build();
    }

    /**
     * Gives the platform at another address: that of a tenant, a proxy, a simulator.
     *
     * @param baseUrl scheme, host and port
     * @param clientKey the public key of the client there
     * @return the provider
     * @throws IllegalArgumentException if the key or the URL cannot be used
     */
    public static Provider at(String baseUrl, String clientKey) {
        return provider("Baanx", BaseUrl.of(baseUrl), clientKey, BaanxErrors.ELSEWHERE)
                .build();
    }

    /**
     * Routes all requests to the tenant of the United States, with {@code x-us-env: true}. The documents name a query
     * parameter {@code region=us} as well; a call whose URL has it is left as it is.
     *
     * @param provider a provider of this platform
     * @return the same for users of the United States
     */
    public static Provider unitedStates(Provider provider) {
        return Objects.requireNonNull(provider, "provider").toBuilder()
                .header("x-us-env", "true")
                .loginProfile(provider.loginProfile().withHeader("x-us-env", "true"))
                .build();
    }

    /** A session lasts 10 minutes, as every sign-in does by default. */
    private static LoginProfile loginProfile(String clientKey, RedirectUriRules redirectUris) {
        return LoginProfile.standard()
                .withRequestByClient()
                .withHeader("x-client-key", clientKey)
                .withRedirectUriRules(redirectUris);
    }

    private static Provider.Builder provider(String name, String baseUrl, String clientKey, String environment) {
        String oauth = baseUrl + "/v1/auth/oauth";
        return Provider.builder(oauth + "/token")
                .name(name)
                .apiOrigin(baseUrl)
                .clientId(clientKey)
                .header("x-client-key", clientKey)
                .clientAuthentication(NoAuthentication.create())
                .withoutClientIdParameter()
                .tokenRequestFormat(TokenRequestFormat.JSON)
                .grantTypes("authorization_code", "refresh_token")
                .defaultTokenLife(TOKEN_LIFE)
                .defaultRefreshTokenLife(REFRESH_TOKEN_LIFE)
                .endpoint(Endpoint.AUTHORIZATION, oauth + "/authorize/initiate")
                .loginProfile(loginProfile(
                        clientKey, RedirectUriRules.standard().withoutQuery().withoutLoopback()))
                .endpoint(Endpoint.LOGIN, baseUrl + "/v1/auth/login")
                .endpoint(Endpoint.ONE_TIME_PASSWORD, baseUrl + "/v1/auth/login/otp")
                .endpoint(Endpoint.APPROVAL, oauth + "/authorize")
                .endpoint(Endpoint.REVOCATION, oauth + "/revoke")
                .revocationForm(RevocationForm.DELETE_WITH_ACCESS_TOKEN)
                .tokenErrorRules(BaanxErrors.tokenEndpoint(environment))
                .apiErrorRules(BaanxErrors.api(environment));
    }
}
