package dev.latchkey.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import dev.latchkey.clientauth.AssertionProfile;
import dev.latchkey.clientauth.ClientSecretBasic;
import dev.latchkey.clientauth.ClientSecretJwt;
import dev.latchkey.error.ErrorCode;
import dev.latchkey.error.InvalidClientException;
import dev.latchkey.error.InvalidScopeException;
import dev.latchkey.error.TokenRequestException;
import dev.latchkey.error.UnauthorizedClientException;
import dev.latchkey.event.TokenRequestSent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a refused client gets to read, and that it is not sent again in a loop. */
@Tag("keycloak")
@ExtendWith(KeycloakExtension.class)
@Timeout(300)
class RefusedClientKeycloakIT {
    private static final Clock CLOCK = Clock.systemUTC();

    private final Keycloak keycloak;
    private final EventLog events = new EventLog();

    RefusedClientKeycloakIT(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    @Test
    void token_wrongAudience_remedyNamesTheAudience() {
        AssertionProfile elsewhere = AssertionProfile.issuer().withAudience("https://elsewhere.example/token");

        InvalidClientException refusal = refusal(InvalidClientException.class, rs384().assertionProfile(elsewhere));

        assertThat(refusal.errorCode()).isEqualTo(ErrorCode.INVALID_CLIENT);
        assertThat(refusal.remedy())
                .contains("aud https://elsewhere.example/token")
                .contains("neither the issuer nor the token endpoint");
    }

    @Test
    void token_issuerWithASlash_remedyNamesTheSlash() {
        String issuer = keycloak.server().issuer();

        InvalidClientException refusal = refusal(
                InvalidClientException.class,
                rs384().assertionProfile(AssertionProfile.issuer().withAudience(issuer + "/")));

        assertThat(refusal.remedy()).contains("trailing slash").contains(issuer + "/");
    }

    @Test
    void token_unknownKeyId_remedyNamesTheKeyId() {
        InvalidClientException refusal = refusal(
                InvalidClientException.class,
                rs384().signingKey(keycloak.realm().rsa().withKeyId("nobody-knows")));

        assertThat(refusal.remedy())
                .contains("kid nobody-knows")
                .contains("public key of this kid is registered for this client");
    }

    @Test
    void token_anotherKeyUnderTheKeyId_remedySaysToRegisterIt() {
        String keyId = keycloak.realm().ec().keyId().orElseThrow();

        InvalidClientException refusal = refusal(
                InvalidClientException.class,
                keycloak.manager(TestRealm.ES384, events).signingKey(TestRealm.p384(keyId)));

        assertThat(refusal.remedy()).contains("kid " + keyId).contains("public key of this kid is registered");
    }

    /** Keycloak sends no {@code Date}, so that nothing but the remedy can point to the clock. */
    @Test
    void token_clockTenMinutesSlow_remedyPointsToTheClock() {
        assertClock(Duration.ofMinutes(-10));
    }

    @Test
    void token_clockTenMinutesFast_remedyPointsToTheClock() {
        assertClock(Duration.ofMinutes(10));
    }

    private void assertClock(Duration offset) {
        Instant before = CLOCK.instant().plus(offset).minusSeconds(1);

        InvalidClientException refusal =
                refusal(InvalidClientException.class, rs384().clock(Clock.offset(CLOCK, offset)));

        long issuedAt = ((Number) sent().assertionClaims().get("iat")).longValue();
        assertThat(issuedAt).isBetween(before.getEpochSecond(), before.getEpochSecond() + 60);
        assertThat(refusal.remedy()).contains("clock").contains("iat " + Instant.ofEpochSecond(issuedAt));
    }

    /** A middle box that repeats a request is the only way: the library never sends an assertion twice. */
    @Test
    void token_assertionReplayed_refusedAndSaid() throws Exception {
        try (ReplayingProxy proxy = ReplayingProxy.of(keycloak.server().tokenEndpoint());
                TokenManager tokens = rs384(proxy.url()).build()) {
            tokens.reject(tokens.token());

            InvalidClientException refusal = refusal(InvalidClientException.class, tokens);

            assertThat(refusal.getMessage()).contains("Token reuse detected");
            assertThat(refusal.remedy())
                    .contains("kid rsa-1")
                    .contains("aud " + keycloak.server().issuer());
            assertThat(events.of(TokenRequestSent.class))
                    .hasSize(2)
                    .extracting(sent -> sent.assertionClaims().get("jti"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void token_unknownClientWithKey_remedyNamesTheClient() {
        InvalidClientException refusal = refusal(
                InvalidClientException.class,
                keycloak.manager("nobody", events).signingKey(keycloak.realm().rsa()));

        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.remedy()).contains("iss nobody");
    }

    @Test
    void token_unknownClientWithSecret_remedyNamesClientIdAndSecret() {
        InvalidClientException refusal = refusal(
                InvalidClientException.class,
                keycloak.manager("nobody", events).clientSecret(keycloak.realm().secret()));

        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.remedy()).contains("client id").contains("client secret");
    }

    /** Keycloak says {@code unauthorized_client} here; the status tells what it means. */
    @Test
    void token_wrongSecret_isRefusedClientAuthentication() {
        InvalidClientException refusal = refusal(
                InvalidClientException.class,
                keycloak.manager(TestRealm.POST, events).clientAuthentication(ClientSecretBasic.of("wrong-secret")));

        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.errorCode()).isEqualTo(ErrorCode.UNAUTHORIZED_CLIENT);
        assertThat(refusal.remedy()).contains("client secret");
        assertThat(refusal.toString() + refusal.remedy()).doesNotContain("wrong-secret");
    }

    /** Here Keycloak's status is 400, as for a grant that the client may not use: the remedy has to name both. */
    @Test
    void token_wrongSecretOfAnAssertion_remedyNamesTheSecret() {
        UnauthorizedClientException refusal = refusal(
                UnauthorizedClientException.class,
                keycloak.manager(TestRealm.HS256, events).clientAuthentication(ClientSecretJwt.of("wrong-secret")));

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.remedy()).contains("client secret");
    }

    /** Keycloak answers this, too, with 401 and {@code unauthorized_client}: the remedy has to name both. */
    @Test
    void token_grantNotAllowed_remedyNamesTheGrant() {
        InvalidClientException refusal = refusal(
                InvalidClientException.class,
                keycloak.manager(TestRealm.NO_GRANT, events)
                        .clientSecret(keycloak.realm().secret()));

        assertThat(refusal.errorCode()).isEqualTo(ErrorCode.UNAUTHORIZED_CLIENT);
        assertThat(refusal.remedy()).contains("client_credentials");
    }

    @Test
    void token_unknownScope_remedyNamesTheScope() throws Exception {
        try (TokenManager tokens = rs384().build()) {
            InvalidScopeException refusal = refusal(InvalidScopeException.class, tokens.scope("records.burn"));

            assertThat(refusal.remedy()).contains("records.burn");
            assertThat(tokens.token()).isNotNull();
        }
    }

    private TokenManager.Builder rs384() {
        return keycloak.manager(TestRealm.RS384, events)
                .signingKey(keycloak.realm().rsa());
    }

    private TokenManager.Builder rs384(String tokenEndpoint) {
        return TokenManager.builder(tokenEndpoint)
                .issuer(keycloak.server().issuer())
                .clientId(TestRealm.RS384)
                .signingKey(keycloak.realm().rsa())
                .eventListener(events);
    }

    private TokenRequestSent sent() {
        return events.of(TokenRequestSent.class).get(0);
    }

    private <T extends TokenRequestException> T refusal(Class<T> type, TokenManager.Builder manager) {
        try (TokenManager tokens = manager.build()) {
            return refusal(type, tokens);
        }
    }

    /** The second call must not reach the server. */
    private <T extends TokenRequestException> T refusal(Class<T> type, TokenSource tokens) {
        int before = events.of(TokenRequestSent.class).size();
        T refusal = catchThrowableOfType(type, tokens::token);
        T again = catchThrowableOfType(type, tokens::token);

        assertThat(refusal).isNotNull();
        assertThat(again).hasMessage(refusal.getMessage());
        assertThat(refusal.isRetryable()).isFalse();
        assertThat(events.of(TokenRequestSent.class)).hasSize(before + 1);
        return refusal;
    }
}
