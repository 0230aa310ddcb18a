package dev.latchkey.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.TokenManager;
import dev.latchkey.clientauth.ClientAuthentication;
import dev.latchkey.clientauth.ClientSecretBasic;
import dev.latchkey.clientauth.ClientSecretJwt;
import dev.latchkey.clientauth.ClientSecretPost;
import dev.latchkey.clientauth.JwsAlgorithm;
import dev.latchkey.event.TokenRequestSent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens for clients that prove themselves with a secret. */
@Tag("keycloak")
@ExtendWith(KeycloakExtension.class)
@Timeout(300)
class ClientSecretKeycloakIT {
    private final Keycloak keycloak;
    private final EventLog events = new EventLog();

    ClientSecretKeycloakIT(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    @Test
    void token_hs256_issued() throws Exception {
        assertIssued(TestRealm.HS256, ClientSecretJwt.of(keycloak.realm().secret()));
        assertAlgorithm("HS256");
    }

    @Test
    void token_hs512_issued() throws Exception {
        assertIssued(TestRealm.HS512, ClientSecretJwt.of(keycloak.realm().secret(), JwsAlgorithm.HS512));
        assertAlgorithm("HS512");
    }

    @Test
    void token_secretShorterThanTheHash_issued() throws Exception {
        assertIssued(TestRealm.SHORT_SECRET, ClientSecretJwt.of(keycloak.realm().shortSecret()));
        assertAlgorithm("HS256");
    }

    @Test
    void token_basicWithHostileCharacters_issued() throws Exception {
        // RFC 6749, section 2.3.1: both are form-encoded before Base64.
        assertIssued(TestRealm.HOSTILE, ClientSecretBasic.of(TestRealm.HOSTILE_SECRET));
    }

    @Test
    void token_postWithHostileCharacters_issued() throws Exception {
        assertIssued(TestRealm.HOSTILE, ClientSecretPost.of(TestRealm.HOSTILE_SECRET));
    }

    @Test
    void token_post_issued() throws Exception {
        assertIssued(TestRealm.POST, ClientSecretPost.of(keycloak.realm().secret()));
    }

    private void assertIssued(String client, ClientAuthentication authentication) throws Exception {
        try (TokenManager tokens = keycloak.manager(client, events)
                .clientAuthentication(authentication)
                .build()) {
            assertThat(tokens.token().value()).isNotBlank();
            assertThat(events.of(TokenRequestSent.class))
                    .singleElement()
                    .extracting(TokenRequestSent::clientAuthenticationMethod)
                    .isEqualTo(authentication.method());
        }
    }

    private void assertAlgorithm(String algorithm) {
        assertThat(events.of(TokenRequestSent.class).get(0).assertionHeader()).containsEntry("alg", algorithm);
    }
}
