package dev.latchkey.examples;

import dev.latchkey.clientauth.AssertionProfile;
import dev.latchkey.clientauth.ClientSecretPost;
import dev.latchkey.clientauth.JwsAlgorithm;
import dev.latchkey.provider.Provider;
import java.time.Duration;

/** Authorization servers that nobody prepared, described with the public builder alone. */
public final class CustomProviders {
    private CustomProviders() {}

    /**
     * Okta, the organisation's own authorization server: the audience is the token endpoint, a scope such as {@code
     * okta.users.read} is required, and {@code kid} tells several keys of a client apart.
     *
     * @param organisation such as {@code https://example.okta.com}, whose APIs the token is for
     * @return the provider
     */
    public static Provider okta(String organisation) {
        return Provider.builder(organisation + "/oauth2/v1/token")
                .name("Okta")
                .apiOrigin(organisation)
                .requireScope()
                .assertionProfile(AssertionProfile.tokenEndpoint().withKeyIdRequired())
                .build();
    }

    /**
     * Microsoft Entra ID: signs PS256, names the key by the thumbprint of its certificate, and has one scope a resource. Use
     * it with {@code key.withAlgorithm(JwsAlgorithm.PS256)}, of a key that has its certificate. Entra asks for {@code client_id}
     * beside the assertion, which is sent by default.
     *
     * @param authority {@code https://login.microsoftonline.com}, or that of a national cloud
     * @param tenant the id of the tenant
     * @param resource the API that the token is for, such as {@code https://graph.microsoft.com}
     * @return the provider
     */
    public static Provider entra(String authority, String tenant, String resource) {
        return Provider.builder(authority + "/" + tenant + "/oauth2/v2.0/token")
                .name("Entra")
                .apiOrigin(resource)
                .defaultScope(resource + "/.default")
                .requireScope()
                .assertionProfile(AssertionProfile.tokenEndpoint()
                        .withLifetime(Duration.ofMinutes(5))
                        .withAlgorithms(JwsAlgorithm.PS256, JwsAlgorithm.RS256)
                        .withCertificateThumbprint())
                .build();
    }

    /**
     * Epic on FHIR: every hospital has a base address of its own; an assertion lives for 5 minutes at most, and a scope need
     * not be named.
     *
     * @param base such as {@code https://fhir.epic.com/interconnect-fhir-oauth}
     * @return the provider
     */
    public static Provider epic(String base) {
        return Provider.builder(base + "/oauth2/token")
                .name("Epic")
                .apiOrigin(base)
                .assertionProfile(AssertionProfile.tokenEndpoint()
                        .withLifetime(Duration.ofMinutes(4))
                        .withAlgorithms(JwsAlgorithm.RS384, JwsAlgorithm.ES384)
                        .withKeyIdRequired())
                .build();
    }

    /**
     * Keycloak: the audience is the realm's issuer; a client with a secret sends it in the form. Without a scope the realm's
     * default scopes are granted.
     *
     * @param base such as {@code https://sso.example.com}
     * @param realm the name of the realm, with regard to case
     * @param api the origin of the API that the token is for
     * @return the provider
     */
    public static Provider keycloak(String base, String realm, String api) {
        String issuer = base + "/realms/" + realm;
        return Provider.builder(issuer + "/protocol/openid-connect/token")
                .name("Keycloak")
                .issuer(issuer)
                .apiOrigin(api)
                .clientSecretAuthentication(ClientSecretPost::of)
                .build();
    }
}
