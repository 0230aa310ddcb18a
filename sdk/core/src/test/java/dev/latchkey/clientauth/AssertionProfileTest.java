package dev.latchkey.clientauth;

import static dev.latchkey.clientauth.SentAssertion.CONTEXT;
import static dev.latchkey.clientauth.SentAssertion.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
final class AssertionProfileTest {

    @Test
    void defaults_areThoseOfTheTwoProfiles() {
        assertThat(AssertionProfile.issuer().name()).isEqualTo("issuer");
        assertThat(AssertionProfile.issuer().type()).isEqualTo("client-authentication+jwt");
        AssertionProfile profile = AssertionProfile.tokenEndpoint();
        assertThat(profile.name()).isEqualTo("token-endpoint");
        assertThat(profile.type()).isEqualTo("JWT");
        assertThat(profile.lifetime()).isEqualTo(Duration.ofSeconds(60));
        assertThat(profile.audience()).isEmpty();
        assertThat(profile.claims()).isEmpty();
        assertThat(profile.algorithms()).isEmpty();
        assertThat(profile.jwksUrl()).isEmpty();
        assertThat(profile.isKeyIdRequired()).isFalse();
        assertThat(profile.hasCertificateThumbprint()).isFalse();
    }

    @Test
    void withers_keepTheRest() {
        AssertionProfile profile = AssertionProfile.issuer()
                .withAudience("urn:a")
                .withType("JWT")
                .withLifetime(Duration.ofMillis(299_900))
                .withClaim("a", "1")
                .withClaim("b", "2")
                .withClaim("a", "3")
                .withAlgorithms(JwsAlgorithm.PS256, JwsAlgorithm.ES256)
                .withKeyIdRequired()
                .withJwksUrl("https://client.example.com/jwks")
                .withCertificateThumbprint();

        assertThat(profile.audience()).contains("urn:a");
        assertThat(profile.type()).isEqualTo("JWT");
        assertThat(profile.lifetime()).isEqualTo(Duration.ofSeconds(299));
        assertThat(profile.claims())
                .containsEntry("a", "3")
                .containsEntry("b", "2")
                .hasSize(2);
        assertThat(profile.algorithms()).containsExactly(JwsAlgorithm.PS256, JwsAlgorithm.ES256);
        assertThat(profile.isKeyIdRequired()).isTrue();
        assertThat(profile.jwksUrl()).contains(URI.create("https://client.example.com/jwks"));
        assertThat(profile.hasCertificateThumbprint()).isTrue();
        assertThat(profile.toString()).contains("urn:a", "PT4M59S", "PS256");
        assertThat(AssertionProfile.issuer().toString()).contains("audience=issuer");
    }

    @Test
    void withLifetime_outsideOneSecondToOneDay_isRefused() {
        AssertionProfile profile = AssertionProfile.issuer();

        assertThat(profile.withLifetime(Duration.ofSeconds(1)).lifetime()).isEqualTo(Duration.ofSeconds(1));
        assertThat(profile.withLifetime(Duration.ofHours(24)).lifetime()).isEqualTo(Duration.ofDays(1));
        for (Duration outside : new Duration[] {
            Duration.ZERO,
            Duration.ofMillis(999),
            Duration.ofSeconds(-5),
            Duration.ofHours(24).plusNanos(1)
        }) {
            assertThatThrownBy(() -> profile.withLifetime(outside))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(outside.toString())
                    .hasMessageContaining("1 second to 24 hours");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "aud", "iat", "exp", "jti", "nbf"})
    void withClaim_reserved_isRefused(String claim) {
        assertThatThrownBy(() -> AssertionProfile.issuer().withClaim(claim, "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + claim + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://client.example.com/jwks",
                "https:///jwks",
                "/jwks",
                "https://user:planted@client.example.com/jwks",
                "https://client.example.com/jwks#planted",
                "https://client.example.com/pla nted"
            })
    void withJwksUrl_notPlainHttps_isRefusedWithoutEcho(String url) {
        assertThatThrownBy(() -> AssertionProfile.issuer().withJwksUrl(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageContaining("jwksUrl")
                .hasMessageNotContaining("planted");
    }

    @Test
    void texts_blankOrEmpty_areRefused() {
        AssertionProfile profile = AssertionProfile.issuer();

        assertThatThrownBy(() -> profile.withAudience(" ")).hasMessageContaining("audience");
        assertThatThrownBy(() -> profile.withType("")).hasMessageContaining("type");
        assertThatThrownBy(() -> profile.withClaim("a", "x\ny")).hasMessageContaining("claim \"a\"");
        assertThatThrownBy(profile::withAlgorithms)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one");
    }

    @Test
    void context_holdsWhatItWasGiven() {
        AuthenticationContext context =
                CONTEXT.withIssuer("https://auth.example.com/").withNow(NOW.plusSeconds(1));

        assertThat(context.clientId()).isEqualTo("client-1");
        assertThat(context.tokenEndpoint()).isEqualTo("https://auth.example.com/token");
        assertThat(context.issuer()).contains("https://auth.example.com/");
        assertThat(context.now()).isEqualTo(NOW.plusSeconds(1));
        assertThat(context.clientIdParameter()).isTrue();
        assertThat(context.withoutClientIdParameter().clientIdParameter()).isFalse();
        assertThat(context.toString()).contains("client-1", "profile=issuer");
        assertThatThrownBy(() -> AuthenticationContext.of("", "https://a", NOW)).hasMessageContaining("clientId");
        assertThatThrownBy(() -> AuthenticationContext.of("a", " ", NOW)).hasMessageContaining("tokenEndpoint");
        assertThatThrownBy(() -> CONTEXT.withIssuer("a\rb")).hasMessageContaining("issuer");
    }

    @Test
    void context_withoutProfile_followsFromTheIssuer() {
        assertThat(CONTEXT.profile().name()).isEqualTo("token-endpoint");
        assertThat(CONTEXT.withIssuer("https://a").profile().name()).isEqualTo("issuer");
        assertThat(CONTEXT.withProfile(AssertionProfile.tokenEndpoint())
                        .withIssuer("https://a")
                        .profile()
                        .name())
                .isEqualTo("token-endpoint");
    }
}
