package dev.latchkey.provider;

import dev.latchkey.clientauth.AssertionProfile;
import dev.latchkey.clientauth.JwsAlgorithm;
import java.time.Duration;

/**
 * SMART Backend Services, the client credentials of FHIR servers: an RS384 or ES384 assertion that names its key, and a scope such
 * as {@code system/*.rs}, which is required.
 *
 * <pre>{@code
 * Provider ehr = Discovery.of(SmartBackendServices.at("https://ehr.example.com/fhir")).fetch();
 * Provider same = SmartBackendServices.of("https://ehr.example.com/token", "https://ehr.example.com/fhir");
 * }</pre>
 *
 * <p>Source: HL7 SMART App Launch, "Backend Services" and "Client Authentication: Asymmetric (public key)".
 */
public final class SmartBackendServices {
    /** At most 5 minutes; this leaves room for clocks that differ. */
    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(4);

    private SmartBackendServices() {}

    /**
     * Says where a FHIR server describes itself: {@code /.well-known/smart-configuration} below its base.
     *
     * @param fhirBaseUrl the base of the FHIR server
     * @return the description to fetch
     * @throws IllegalArgumentException if the URL cannot be used
     */
    public static ProviderMetadata at(String fhirBaseUrl) {
        String base = BaseUrl.of(fhirBaseUrl);
        return ProviderMetadata.of(
                base + "/.well-known/smart-configuration",
                document -> of(document.requiredUrl("token_endpoint"), base).toBuilder()
                        .name(document.host())
                        .build());
    }

    /**
     * Gives a FHIR server whose token endpoint is known.
     *
     * @param tokenEndpoint the URL that tokens are requested from
     * @param fhirBaseUrl the base of the FHIR server
     * @return the provider
     * @throws IllegalArgumentException if a URL cannot be used
     */
    public static Provider of(String tokenEndpoint, String fhirBaseUrl) {
        return Provider.builder(tokenEndpoint)
                .apiOrigin(fhirBaseUrl)
                .requireScope()
                .grantTypes("client_credentials")
                .assertionProfile(AssertionProfile.tokenEndpoint()
                        .withLifetime(ASSERTION_LIFE)
                        .withAlgorithms(JwsAlgorithm.RS384, JwsAlgorithm.ES384)
                        .withKeyIdRequired())
                .tokenErrorRules(SmartBackendServicesErrors.tokenEndpoint())
                .apiErrorRules(SmartBackendServicesErrors.api())
                .build();
    }
}
