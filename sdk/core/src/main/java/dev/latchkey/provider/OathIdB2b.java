package dev.latchkey.provider;

import dev.latchkey.clientauth.AssertionProfile;
import dev.latchkey.clientauth.ClientSecretJwt;
import dev.latchkey.clientauth.JwsAlgorithm;
import java.time.Duration;
import java.util.Objects;

/**
 * Oath ID B2B, the identity service of AOL and Yahoo for businesses: an HS256 assertion made with the client secret, and a
 * realm in the request and in the audience. A client belongs to one realm.
 *
 * <pre>{@code
 * TokenManager.builder(OathIdB2b.dsp()).clientId(id).clientSecret(secret).build();
 * }</pre>
 *
 * <p>Client secrets may be shorter than the 32 bytes that RFC 7518 wants of an HS256 key; see {@link ClientSecretJwt}. Whether
 * refresh tokens rotate is not documented, so whatever comes is kept. Earlier hosts of the same service (id.corp.aol.com,
 * id.b2b.oath.com, id.b2b.verizonmedia.com) are reached with {@link #at}.
 *
 * <p>Sources: developer.yahooinc.com, "OAuth2 authentication" of DataX and the guide of DSP; help.one.aol.com, "API OAuth
 * Troubleshooting". Addresses other than those of tokens, introspection and userinfo are the ones of its server product.
 */
public final class OathIdB2b {
    /** The page advises 10 minutes, and allows 24 hours. */
    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(10);

    private OathIdB2b() {}

    /**
     * Gives the production service.
     *
     * @param realm the realm of the client, in lower case, such as {@code dsp} or {@code aolcorporate/aolexternals}
     * @return the provider; the origin of the API is to be added with {@code apiOrigin(...)}
     * @throws IllegalArgumentException if the realm is blank or has an upper-case letter
     */
    public static Provider production(String realm) {
        return at("https://id.b2b.yahooinc.com", realm);
    }

    /**
     * Gives the service for tests (UAT).
     *
     * @param realm the realm of the client, in lower case
     * @return the provider; the origin of the API is to be added with {@code apiOrigin(...)}
     * @throws IllegalArgumentException if the realm is blank or has an upper-case letter
     */
    public static Provider uat(String realm) {
        return at("https://id-uat.b2b.yahooinc.com", realm);
    }

    /**
     * Gives the service at another host: one of its earlier names, a proxy, a simulator.
     *
     * @param baseUrl scheme, host and port, such as {@code https://id.b2b.verizonmedia.com}
     * @param realm the realm of the client, in lower case
     * @return the provider; the origin of the API is to be added with {@code apiOrigin(...)}
     * @throws IllegalArgumentException if the realm is blank or has an upper-case letter, or the URL cannot be used
     */
    public static Provider at(String baseUrl, String realm) {
        String checked = Realm.checked(Objects.requireNonNull(realm, "realm"));
        String service = BaseUrl.of(baseUrl) + "/identity/oauth2";
        String tokenEndpoint = service + "/access_token";
        return Provider.builder(tokenEndpoint)
                .name("Oath ID B2B")
                .issuer(BaseUrl.of(baseUrl) + "/identity")
                .loginProfile(LoginProfile.standard().withParameter("realm", checked))
                .tokenParameter("realm", checked)
                .withoutClientIdParameter()
                .clientSecretAuthentication(ClientSecretJwt::of)
                .assertionProfile(AssertionProfile.tokenEndpoint()
                        .withAudience(tokenEndpoint + "?realm=" + checked)
                        .withAlgorithms(JwsAlgorithm.HS256)
                        .withLifetime(ASSERTION_LIFE))
                .grantTypes("client_credentials", "authorization_code", "refresh_token", "password")
                .endpoint(Endpoint.AUTHORIZATION, service + "/authorize")
                .endpoint(Endpoint.INTROSPECTION, service + "/introspect")
                .introspectionScope("introspect")
                .endpoint(Endpoint.USERINFO, service + "/userinfo?realm=" + Realm.inQuery(checked))
                .endpoint(Endpoint.REVOCATION, service + "/token/revoke")
                .endpoint(Endpoint.JWKS, service + "/connect/jwk_uri")
                .tokenErrorRules(OathIdB2bErrors.tokenEndpoint())
                .apiErrorRules(OathIdB2bErrors.api())
                .build();
    }

    /** {@return Yahoo DSP in production: realm, scope and origin of the API are set, and the token goes as X-Auth-Token} */
    public static Provider dsp() {
        return withXAuthToken(production("dsp")).toBuilder()
                .name("Yahoo DSP")
                .defaultScope("dsp-api-access")
                .apiOrigin("https://dspapi.admanagerplus.yahoo.com")
                .build();
    }

    /** {@return Yahoo DataX in production: realm, scope and origin of the API are set} */
    public static Provider dataX() {
        return production("dataxonline").toBuilder()
                .name("Yahoo DataX")
                .defaultScope("audience")
                .apiOrigin("https://dataxonline.yahoo.com")
                .build();
    }

    /**
     * Has API calls carry the token as Yahoo DSP wants it: {@code X-Auth-Method: OAuth2} and {@code X-Auth-Token}, and no
     * {@code Authorization}.
     *
     * @param provider a provider of this service
     * @return the same with these headers
     */
    public static Provider withXAuthToken(Provider provider) {
        return Objects.requireNonNull(provider, "provider").toBuilder()
                .accessTokenHeader("X-Auth-Token")
                .apiHeader("X-Auth-Method", "OAuth2")
                .build();
    }
}
