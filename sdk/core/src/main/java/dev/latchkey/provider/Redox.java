package dev.latchkey.provider;

import dev.latchkey.clientauth.AssertionProfile;
import dev.latchkey.clientauth.JwsAlgorithm;
import java.time.Duration;
import java.util.Objects;

/**
 * Redox, the healthcare integration platform: client credentials with an RS384 or ES384 assertion that names its key.
 * Development, staging and production share one host; the API key and the path of the call choose between them.
 *
 * <p>Source: docs.redoxengine.com, "Authenticate an OAuth API key".
 */
public final class Redox {
    /** Redox allows 300 s between {@code iat} and {@code exp} and 10 s of clock skew; this stays clear of both. */
    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(4);

    private Redox() {}

    /** {@return the service for organisations outside Canada, all environments} */
    public static Provider production() {
        return at("Redox", "https://api.redoxengine.com");
    }

    /** {@return the service of the Canadian region, all environments; its own token URL is taken as audience} */
    public static Provider canada() {
        return at("Redox Canada", "https://api.ca.redoxengine.com");
    }

    /**
     * Gives the service at another address: a proxy, a simulator.
     *
     * @param baseUrl scheme, host and port
     * @return the provider
     * @throws IllegalArgumentException if the URL cannot be used
     */
    public static Provider at(String baseUrl) {
        return at("Redox", BaseUrl.of(baseUrl));
    }

    /**
     * Names the legacy source on every call, for the time of the move from a legacy key to an OAuth key.
     *
     * @param provider a provider of this service
     * @param legacyKeyId the id of the legacy key
     * @return the same with the header {@code Redox-Source-Id}
     * @throws IllegalArgumentException if the id is blank or no header could carry it
     */
    public static Provider withSourceId(Provider provider, String legacyKeyId) {
        return Objects.requireNonNull(provider, "provider").toBuilder()
                .apiHeader("Redox-Source-Id", legacyKeyId)
                .build();
    }

    private static Provider at(String name, String origin) {
        return Provider.builder(origin + "/v2/auth/token")
                .name(name)
                .apiOrigin(origin)
                .grantTypes("client_credentials")
                .assertionProfile(AssertionProfile.tokenEndpoint()
                        .withLifetime(ASSERTION_LIFE)
                        .withAlgorithms(JwsAlgorithm.RS384, JwsAlgorithm.ES384)
                        .withKeyIdRequired())
                .tokenErrorRules(RedoxErrors.tokenEndpoint())
                .apiErrorRules(RedoxErrors.api())
                .build();
    }
}
