package dev.latchkey.benchmarks.peer;

import java.net.URI;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

/** The manager of Spring Security for services, with all its defaults. */
public final class SpringPeer implements Peer {
    public static final String REGISTRATION = "benchmark";

    private final OAuth2AuthorizedClientManager manager;

    public SpringPeer(URI endpoint) {
        var registrations = new InMemoryClientRegistrationRepository(ClientRegistration.withRegistrationId(REGISTRATION)
                .clientId("client")
                .clientSecret("secret")
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenUri(endpoint.toString())
                .build());
        manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(
                registrations, new InMemoryOAuth2AuthorizedClientService(registrations));
    }

    public OAuth2AuthorizedClientManager manager() {
        return manager;
    }

    @Override
    public OAuth2AccessToken token() {
        return manager.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(REGISTRATION)
                        .principal("service")
                        .build())
                .getAccessToken();
    }

    @Override
    public String authorization() {
        return "Bearer " + token().getTokenValue();
    }
}
