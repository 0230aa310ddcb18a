package dev.latchkey.provider;

import dev.latchkey.clientauth.ClientSecretPost;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The OLX Partner API: one host a country, client id and secret in a JSON body, {@code Version: 2.0} on every call, and a refresh
 * token that changes at most once a day. A client id works in one country only.
 *
 * <pre>{@code
 * TokenManager.builder(OlxPartner.country("pl")).clientId(id).clientSecret(secret).build();
 * }</pre>
 *
 * <p>Tokens of client_credentials reach public data only (categories, cities); everything of a user needs that user's token.
 * A refresh before the end may bring the same access token with what is left of its life.
 *
 * <p>Sources: developer.olx.pl and its national twins, the contract of the Partner API and "Authorization errors". There is no
 * environment for tests. Uzbekistan is named by a public client only, not by a page of the provider.
 */
public final class OlxPartner {
    private static final Set<String> COUNTRIES = Set.of("pl", "bg", "ro", "pt", "ua", "kz", "uz");
    private static final Duration TOKEN_LIFE = Duration.ofHours(24);
    private static final Duration REFRESH_TOKEN_LIFE = Duration.ofDays(30);

    private OlxPartner() {}

    /**
     * Gives the service of a country.
     *
     * @param code its code: pl, bg, ro, pt, ua, kz or uz
     * @return the provider
     * @throws IllegalArgumentException if there is no service for that country
     */
    public static Provider country(String code) {
        String lower = Objects.requireNonNull(code, "code").strip().toLowerCase(Locale.ROOT);
        if (!COUNTRIES.contains(lower)) {
            throw new IllegalArgumentException(
                    "country: no service is known for this code; use one of " + new TreeSet<>(COUNTRIES));
        }
        return at("https://www.olx." + lower);
    }

    /**
     * Gives the service at another address: a proxy, a simulator.
     *
     * @param baseUrl scheme, host and port
     * @return the provider
     * @throws IllegalArgumentException if the URL cannot be used
     */
    public static Provider at(String baseUrl) {
        String base = BaseUrl.of(baseUrl);
        return Provider.builder(base + "/api/open/oauth/token")
                .name("OLX Partner")
                .apiOrigin(base)
                .apiHeader("Version", "2.0")
                .withoutContentTypeWhereNoBody()
                .tokenRequestFormat(TokenRequestFormat.JSON)
                .clientSecretAuthentication(ClientSecretPost::of)
                .defaultScope("v2 read write")
                .defaultTokenLife(TOKEN_LIFE)
                .defaultRefreshTokenLife(REFRESH_TOKEN_LIFE)
                .endpoint(Endpoint.AUTHORIZATION, base + "/oauth/authorize/")
                .loginProfile(LoginProfile.standard()
                        .withRedirectUriRules(
                                RedirectUriRules.standard().withoutLoopback().withoutOwnSchemes()))
                .tokenErrorRules(OlxPartnerErrors.tokenEndpoint())
                .apiErrorRules(OlxPartnerErrors.api())
                .build();
    }
}
