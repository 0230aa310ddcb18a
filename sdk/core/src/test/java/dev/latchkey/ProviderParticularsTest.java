package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.clientauth.AssertionProfile;
import dev.latchkey.error.ForbiddenException;
import dev.latchkey.error.InsufficientScopeException;
import dev.latchkey.error.InvalidClientException;
import dev.latchkey.error.InvalidClientKeyException;
import dev.latchkey.error.MissingClientKeyException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.grant.DeprecatedPasswordGrant;
import dev.latchkey.provider.Baanx;
import dev.latchkey.provider.OathIdB2b;
import dev.latchkey.provider.OlxPartner;
import dev.latchkey.provider.Provider;
import dev.latchkey.provider.Redox;
import dev.latchkey.testing.Answer;
import dev.latchkey.testing.BaanxSimulator;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.testing.OathIdB2bSimulator;
import dev.latchkey.testing.OlxPartnerSimulator;
import dev.latchkey.testing.RecordedApiRequest;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.TokenIntrospection;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is particular to one provider, shown at its simulator. */
@Timeout(20)
class ProviderParticularsTest {
    private final FakeTime time = new FakeTime();

    private TokenManager.Builder at(TokenManager.Builder manager) {
        return manager.clock(time).ticker(time).scheduler(time.scheduler());
    }

    private static OkHttpClient client(TokenManager tokens) {
        return OAuthInterceptor.of(tokens).applyTo(new OkHttpClient.Builder()).build();
    }

    private static int status(OkHttpClient client, Request.Builder request) throws IOException {
        try (Response response = client.newCall(request.build()).execute()) {
            return response.code();
        }
    }

    @Test
    void redox_clock400SecondsFast_isHealed() throws Exception {
        try (Simulated redox = Simulated.start("redox", time);
                TokenManager tokens = at(redox.manager()).build()) {
            time.stepWallClock(Duration.ofSeconds(400));
            assertThat(redox.simulator().isActive(tokens.token().value())).isTrue();
            assertThat(redox.simulator().tokenRequestCount()).isEqualTo(2);
            assertThat(redox.simulator().repeatedJtiCount()).isZero();
        }
    }

    @Test
    void redox_blankDescriptionAndClock400SecondsFast_saysSoWithTheNumber() {
        try (Simulated redox = Simulated.start("redox", time);
                TokenManager tokens = at(redox.manager()).build()) {
            time.stepWallClock(Duration.ofSeconds(400));
            redox.simulator().always(Answer.json(400, "{\"error\":\"invalid_request\",\"error_description\":\"\"}"));
            OAuthException refused = catchThrowableOfType(InvalidClientException.class, tokens::token);
            assertThat(refused.remedy()).contains("Your clock is 400 s ahead of the server's");
        }
    }

    @Test
    void redox_issuerAsAudience_isRefusedByTheSimulator() {
        try (Simulated redox = Simulated.start("redox", time);
                TokenManager tokens = at(redox.manager())
                        .issuer(redox.simulator().baseUrl())
                        .assertionProfile(AssertionProfile.issuer().withType("JWT"))
                        .build()) {
            assertThatThrownBy(tokens::token).isInstanceOf(InvalidClientException.class);
        }
    }

    @Test
    void redox_otherAlgorithm_isRefusedWhenBuilt() {
        assertThatThrownBy(() -> TokenManager.builder(Redox.production())
                        .clientId("c")
                        .signingKey(Fixtures.rsa("k").withAlgorithm(dev.latchkey.clientauth.JwsAlgorithm.RS256))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RS384, ES384");
    }

    @Test
    void redox_sourceId_goesWithEveryCall() throws Exception {
        try (Simulated redox = Simulated.start("redox", time);
                TokenManager tokens = at(redox.manager(Redox.withSourceId(redox.provider(), "legacy-1")))
                        .build()) {
            status(client(tokens), new Request.Builder().url(redox.simulator().baseUrl() + redox.path()));
            RecordedApiRequest call = redox.simulator().apiRequests().get(0);
            assertThat(call.header("Redox-Source-Id")).contains("legacy-1");
        }
    }

    @Test
    void oath_upperCaseRealm_isRefusedWithTheLetter() {
        assertThatThrownBy(() -> OathIdB2b.production("aolCorporate/aolexternals"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("upper-case letter C");
    }

    @Test
    void oath_audienceRefused_showsTheAudienceAndTheUpperCaseLetter() {
        try (Simulated oath = Simulated.start("oath", time)) {
            String audience = oath.simulator().tokenEndpoint() + "?realm=One";
            try (TokenManager tokens = at(oath.manager())
                    .assertionProfile(oath.provider().assertionProfile().withAudience(audience))
                    .build()) {
                OAuthException refused = catchThrowableOfType(InvalidClientException.class, tokens::token);
                assertThat(refused.details().description()).contains("Audience validation failed");
                assertThat(refused.remedy())
                        .contains("realm=One, but the request has realm=one")
                        .contains("upper-case letter O")
                        .contains("aud " + audience);
            }
        }
    }

    @Test
    void oath_passwordGrant_bringsAToken() throws Exception {
        try (OathIdB2bSimulator oath = OathIdB2bSimulator.start(time)) {
            oath.registerClient("c", "s3", "one", "one");
            oath.registerUser("service", "pass word");
            try (TokenManager tokens = at(TokenManager.builder(OathIdB2b.at(oath.baseUrl(), "one")))
                    .clientId("c")
                    .clientSecret("s3")
                    .scope("one")
                    .passwordGrant(DeprecatedPasswordGrant.of("service", "pass word"))
                    .build()) {
                assertThat(oath.isActive(tokens.token().value())).isTrue();
                assertThat(oath.tokenRequests().get(0).parameter("grant_type")).contains("password");
            }
        }
    }

    @Test
    void passwordGrant_otherProvider_isRefusedWhenBuilt() {
        //
        assertThatThrownBy(() -> TokenManager.builder(OlxPartner.country("pl"))
                        .clientId("c")
                        .clientSecret("s")
                        .passwordGrant(DeprecatedPasswordGrant.of("u", "p"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RFC 9700");
    }

    @Test
    void oath_introspection_bearsATokenOfItsScope() throws Exception {
        try (Simulated oath = Simulated.start("oath", time);
                TokenManager tokens = at(oath.manager()).build()) {
            AccessToken token = tokens.token();
            TokenIntrospection answer = Introspection.of(tokens).introspect(token.value());
            assertThat(answer.isActive()).isTrue();
            assertThat(answer.scope().orElseThrow().tokens()).contains("one");
            oath.simulator().revoke(token.value());
            assertThat(Introspection.of(tokens).introspect(token.value()).isActive())
                    .isFalse();
            assertThat(oath.simulator().tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void oath_introspectionTokenRefused_isReplacedOnce() throws Exception {
        try (Simulated oath = Simulated.start("oath", time);
                TokenManager tokens = at(oath.manager()).build()) {
            Introspection.of(tokens).introspect("x");
            oath.simulator().revokeAll();
            assertThat(Introspection.of(tokens).introspect("x").isActive()).isFalse();
            assertThat(oath.simulator().tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void oath_dspHeaders_takeThePlaceOfBearer() throws Exception {
        try (Simulated oath = Simulated.start("oath", time);
                TokenManager tokens = at(oath.manager(OathIdB2b.withXAuthToken(oath.provider())))
                        .build()) {
            assertThat(status(
                            client(tokens),
                            new Request.Builder().url(oath.simulator().baseUrl() + "/traffic/campaigns")))
                    .isEqualTo(200);
            RecordedApiRequest call = oath.simulator().apiRequests().get(0);
            assertThat(call.header("X-Auth-Method")).contains("OAuth2");
            assertThat(call.header("X-Auth-Token")).contains(tokens.token().value());
            assertThat(call.header("Authorization")).isEmpty();
        }
    }

    @Test
    void oath_lifeAsText_isRead() throws Exception {
        try (OathIdB2bSimulator oath = OathIdB2bSimulator.start(time)) {
            oath.registerClient("c", "s3", "one", "one");
            oath.expiresInAsText(true);
            try (TokenManager tokens = at(TokenManager.builder(OathIdB2b.at(oath.baseUrl(), "one")))
                    .clientId("c")
                    .clientSecret("s3")
                    .scope("one")
                    .build()) {
                AccessToken token = tokens.token();
                assertThat(Duration.between(token.issuedAt(), token.expiresAt()))
                        .isEqualTo(Duration.ofSeconds(599));
            }
        }
    }

    @Test
    void baanx_ownToken_saysThatUsersMustSignIn() {
        try (TokenManager tokens = TokenManager.builder(Baanx.sandbox("key")).build()) {
            assertThatThrownBy(tokens::token)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("tokens.user");
        }
    }

    @Test
    void baanx_clientKeyWrongThenRight_theSessionGoesOn() throws Exception {
        // 498 and 499 say nothing of the person who signed in.
        try (Simulated baanx = Simulated.start("baanx", time)) {
            try (TokenManager wrong = at(TokenManager.builder(
                            Baanx.at(baanx.simulator().baseUrl(), "other")))
                    .retries(0)
                    .build()) {
                OAuthException refused = catchThrowableOfType(
                        InvalidClientException.class,
                        () -> wrong.adopt("u", RefreshToken.of(baanx.refreshToken()))
                                .token());
                assertThat(refused.remedy()).contains("sandbox").contains("production");
            }
            try (TokenManager right = at(baanx.manager()).build()) {
                assertThat(baanx.simulator().isActive(baanx.user(right).token().value()))
                        .isTrue();
            }
        }
    }

    @Test
    void baanx_keysOfTheOtherEnvironment_areRecognised() {
        for (Map.Entry<Provider, String> each : Map.of(
                        Baanx.production("k"), "keys of the sandbox are unknown",
                        Baanx.sandbox("k"), "keys of production are unknown")
                .entrySet()) {
            assertThat(each.getKey().apiErrorRules().get(0).remedy()).contains(each.getValue());
            assertThat(each.getKey().tokenErrorRules().toString()).contains("498");
        }
    }

    @Test
    void baanx_callRefused498and499_asksForNoToken() throws Exception {
        try (Simulated baanx = Simulated.start("baanx", time);
                TokenManager tokens = at(baanx.manager()).build()) {
            TokenSource user = baanx.user(tokens);
            user.token();
            Request.Builder request = new Request.Builder()
                    .url(baanx.simulator().baseUrl() + baanx.path())
                    .tag(TokenSource.class, user);
            baanx.simulator().nextError("baanx-498");
            assertThatThrownBy(() -> status(client(tokens), request)).isInstanceOf(InvalidClientKeyException.class);
            baanx.simulator().nextError("baanx-499");
            assertThatThrownBy(() -> status(client(tokens), request))
                    .isInstanceOfSatisfying(
                            MissingClientKeyException.class,
                            e -> assertThat(e.remedy()).contains("absent").contains("header(\"x-client-key\""));
            assertThat(status(client(tokens), request)).isEqualTo(200);
            assertThat(baanx.simulator().tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void baanx_secretKey_goesWithTokenRequestsAlone() throws Exception {
        try (BaanxSimulator baanx = BaanxSimulator.start(time)) {
            baanx.registerClient("key", "secret-key");
            Provider provider = Baanx.at(baanx.baseUrl(), "key").toBuilder()
                    .tokenHeader("x-secret-key", "secret-key")
                    .build();
            try (TokenManager tokens = at(TokenManager.builder(provider)).build()) {
                TokenSource user = tokens.adopt("u", RefreshToken.of(baanx.signInBy("key", "u")));
                assertThat(status(
                                client(tokens),
                                new Request.Builder()
                                        .url(baanx.baseUrl() + "/v1/user")
                                        .tag(TokenSource.class, user)))
                        .isEqualTo(200);
                assertThat(baanx.tokenRequests().get(0).header("x-secret-key")).contains("secret-key");
                assertThat(baanx.apiRequests().get(0).header("x-secret-key")).isEmpty();
                assertThat(baanx.violations()).isEmpty();
            }
        }
    }

    @Test
    void baanx_unitedStates_isRoutedThere() throws Exception {
        try (Simulated baanx = Simulated.start("baanx", time)) {
            ((BaanxSimulator) baanx.simulator()).requireUsEnvironment(true);
            try (TokenManager tokens =
                    at(baanx.manager(Baanx.unitedStates(baanx.provider()))).build()) {
                Request.Builder request = new Request.Builder()
                        .url(baanx.simulator().baseUrl() + baanx.path())
                        .tag(TokenSource.class, baanx.user(tokens));
                assertThat(status(client(tokens), request)).isEqualTo(200);
            }
        }
    }

    @Test
    void olx_getWithContentType_loosesIt() throws Exception {
        try (Simulated olx = Simulated.start("olx", time);
                TokenManager tokens = at(olx.manager()).build()) {
            String url = olx.simulator().baseUrl() + olx.path();
            assertThat(status(
                            client(tokens), new Request.Builder().url(url).header("Content-Type", "application/json")))
                    .isEqualTo(200);
            status(
                    client(tokens),
                    new Request.Builder()
                            .url(url)
                            .post(RequestBody.create("{}", okhttp3.MediaType.get("application/json"))));
            assertThat(olx.simulator().apiRequests().get(0).header("Content-Type"))
                    .isEmpty();
            assertThat(olx.simulator()
                            .apiRequests()
                            .get(1)
                            .header("Content-Type")
                            .orElseThrow())
                    .startsWith("application/json");
        }
    }

    @Test
    void olx_callOfAUserWithAClientsToken_saysSoAndRefreshesNothing() throws Exception {
        try (Simulated olx = Simulated.start("olx", time);
                TokenManager tokens = at(olx.manager()).build()) {
            Request.Builder request = new Request.Builder().url(olx.simulator().baseUrl() + "/api/partner/users/me");
            assertThatThrownBy(() -> status(client(tokens), request))
                    .isInstanceOfSatisfying(
                            ForbiddenException.class,
                            e -> assertThat(e.remedy())
                                    .contains("client_credentials")
                                    .contains("tokens.user"));
            assertThat(olx.simulator().tokenRequestCount()).isEqualTo(1);
            assertThat(status(client(tokens), request.tag(TokenSource.class, olx.user(tokens))))
                    .isEqualTo(200);
        }
    }

    @Test
    void olx_scopeTooSmall_refreshesNothing() throws Exception {
        try (OlxPartnerSimulator olx = OlxPartnerSimulator.start(time)) {
            olx.registerClient("c", "s");
            try (TokenManager tokens = at(TokenManager.builder(OlxPartner.at(olx.baseUrl())))
                    .clientId("c")
                    .clientSecret("s")
                    .build()) {
                TokenSource user = tokens.adopt("u", RefreshToken.of(olx.signInWithScopes("u", "v2", "read")));
                Request.Builder request = new Request.Builder()
                        .url(olx.baseUrl() + "/api/partner/adverts")
                        .post(RequestBody.create("{}", okhttp3.MediaType.get("application/json")))
                        .tag(TokenSource.class, user);
                assertThatThrownBy(() -> status(client(tokens), request))
                        .isInstanceOf(InsufficientScopeException.class);
                assertThat(olx.tokenRequestCount()).isEqualTo(1);
            }
        }
    }

    @Test
    void olx_sameTokenWithLittleLifeLeft_doesNotLoop() throws Exception {
        try (Simulated olx = Simulated.start("olx", time);
                TokenManager tokens =
                        at(olx.manager()).executor(new DirectExecutor()).build()) {
            TokenSource user = olx.user(tokens);
            AccessToken first = user.token();
            time.advance(Duration.between(first.issuedAt(), first.expiresAt()).minusSeconds(90));
            for (int call = 0; call < 200; call++) {
                user.token();
            }
            time.advance(Duration.ofSeconds(90));
            assertThat(user.token().hasSameValueAs(first)).isFalse();
            assertThat(olx.simulator().tokenRequestCount()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void olx_unknownCountry_isRefusedWithTheList() {
        assertThatThrownBy(() -> OlxPartner.country("de"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[bg, kz, pl, pt, ro, ua, uz]");
        assertThat(OlxPartner.country(" PL ").tokenEndpoint()).isEqualTo("https://www.olx.pl/api/open/oauth/token");
    }

    @Test
    void smart_withoutScope_isRefusedWhenBuilt() {
        try (Simulated smart = Simulated.start("smart", time)) {
            assertThatThrownBy(() -> TokenManager.builder(smart.provider())
                            .clientId("c")
                            .signingKey(Fixtures.KEY)
                            .build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("scope");
        }
    }
}
