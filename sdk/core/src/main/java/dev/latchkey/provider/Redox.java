package dev.latchkey.provider;

import dev.latchkey.clientauth.AssertionProfile;
import dev.latchkey.clientauth.JwsAlgorithm;
import java.time.Duration;

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

    private static Provider at(String name, String origin) {
        return Provider.builder(origin + "/v2/auth/token")
                .name(name)
                .apiOrigin(origin)
                .assertionProfile(AssertionProfile.tokenEndpoint()
                        .withLifetime(ASSERTION_LIFE)
                        .withAlgorithms(JwsAlgorithm.RS384, JwsAlgorithm.ES384)
                        .withKeyIdRequired())
                .tokenErrorRules(RedoxErrors.tokenEndpoint())
                .apiErrorRules(RedoxErrors.api())
                .build();
    }
}
