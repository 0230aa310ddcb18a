package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.clientauth.AssertionProfile;
import dev.latchkey.clientauth.JwsAlgorithm;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.error.InvalidClientException;
import dev.latchkey.event.ClockCorrected;
import dev.latchkey.internal.jose.KeyForms;
import dev.latchkey.provider.ProviderMetadata;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import dev.latchkey.testing.FakeTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an assertion is worth to a server that it was not made for, and to one that is particular. */
@Timeout(20)
class OtherServersTest {
    private final FakeTime time = new FakeTime();
    private final EventLog events = new EventLog();
    private final FakeAuthorizationServer honest = FakeAuthorizationServer.start(time);

    @BeforeEach
    void register() {
        honest.register(client(SigningKey.publicJwkSet(List.of(Fixtures.KEY))));
    }

    @AfterEach
    void stop() {
        honest.close();
    }

    private static FakeClient client(String keys) {
        return FakeClient.privateKeyJwt(Fixtures.CLIENT_ID, keys).audience(FakeClient.Audience.ISSUER);
    }

    private TokenManager.Builder manager(String tokenEndpoint, SigningKey key) {
        return TokenManager.builder(tokenEndpoint)
                .clientId(Fixtures.CLIENT_ID)
                .signingKey(key)
                .retries(0)
                .clock(time)
                .ticker(time)
                .eventListener(events);
    }

    @Test
    void assertion_takenByAnotherServer_isRefusedAtTheHonestOne() throws Exception {
        // the same client with the same key is known at both.
        try (MockWebServer other = new MockWebServer()) {
            other.start();
            other.enqueue(new MockResponse.Builder().code(400).build());
            String issuer = other.url("/").toString();
            try (TokenManager tokens = manager(other.url("/token").toString(), Fixtures.KEY)
                    .issuer(issuer)
                    .build()) {
                assertThatThrownBy(tokens::token).isInstanceOf(java.io.IOException.class);
            }
            RecordedRequest taken = other.takeRequest();
            HttpUrl form = HttpUrl.get("http://form.example/?" + taken.getBody().utf8());

            assertThat(statusAtTheHonestOne(form.queryParameter("client_assertion")))
                    .isEqualTo(401);
        }
        assertThat(honest.issuedTokens()).isEmpty();
        assertThat(honest.tokenRequests().get(0).assertionClaims().get("aud")).isNotEqualTo(honest.issuer());
    }

    private int statusAtTheHonestOne(String assertion) throws Exception {
        FormBody body = new FormBody.Builder()
                .add("grant_type", "client_credentials")
                .add("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .add("client_assertion", assertion)
                .build();
        OkHttpClient http = new OkHttpClient();
        try (Response response = http.newCall(new Request.Builder()
                        .url(honest.tokenEndpoint())
                        .header("Accept", "application/json")
                        .post(body)
                        .build())
                .execute()) {
            return response.code();
        } finally {
            http.connectionPool().evictAll();
            http.dispatcher().executorService().shutdown();
        }
    }

    @Test
    void metadata_namesTheHonestTokenEndpoint_theAudienceStaysTheConfiguredIssuer() throws Exception {
        // V-17, R-22
        try (MockWebServer hostile = new MockWebServer()) {
            hostile.start();
            String issuer = "http://127.0.0.1:" + hostile.getPort();
            hostile.enqueue(new MockResponse.Builder()
                    .body("{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"" + honest.tokenEndpoint() + "\"}")
                    .build());
            try (TokenManager tokens = TokenManager.builder(
                            Discovery.of(ProviderMetadata.ofIssuer(issuer)).fetch())
                    .clientId(Fixtures.CLIENT_ID)
                    .signingKey(Fixtures.KEY)
                    .retries(0)
                    .clock(time)
                    .ticker(time)
                    .build()) {
                assertThatThrownBy(tokens::token).isInstanceOf(InvalidClientException.class);
            }
            assertThat(honest.tokenRequests())
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request.assertionClaims().get("aud")).isEqualTo(issuer));
        }
    }

    @Test
    void token_serverTakesNothingFromItsFuture_isFollowedWithoutDatingBack() throws Exception {
        //
        honest.sendDate(true);
        honest.assertionSkew(Duration.ZERO);
        honest.clockOffset(Duration.ofSeconds(-60));
        Instant now = time.instant();
        try (TokenManager tokens = manager(honest.tokenEndpoint(), Fixtures.KEY)
                .issuer(honest.issuer())
                .build()) {
            assertThat(honest.isActive(tokens.token().value())).isTrue();
        }
        assertThat(honest.tokenRequests())
                .extracting(request -> ((Number) request.assertionClaims().get("iat")).longValue())
                .containsExactly(now.getEpochSecond(), now.getEpochSecond() - 60);
        assertThat(events.of(ClockCorrected.class)).hasSize(1);
    }

    private static final AssertionProfile FAPI =
            AssertionProfile.issuer().withAlgorithms(JwsAlgorithm.PS256, JwsAlgorithm.ES256, JwsAlgorithm.EDDSA);

    @ParameterizedTest
    @EnumSource(names = {"PS256", "ES256", "EDDSA"})
    void algorithm_ofTheProfile_getsAToken(JwsAlgorithm algorithm) throws Exception {
        //
        SigningKey key = key(algorithm);
        honest.register(client(SigningKey.publicJwkSet(List.of(key))).algorithms("PS256", "ES256", "EdDSA"));
        try (TokenManager tokens = manager(honest.tokenEndpoint(), key)
                .issuer(honest.issuer())
                .assertionProfile(FAPI)
                .build()) {
            assertThat(honest.isActive(tokens.token().value())).isTrue();
        }
        assertThat(honest.tokenRequests().get(0).assertionHeader().get("alg")).isEqualTo(algorithm.registeredName());
    }

    @ParameterizedTest
    @EnumSource(names = {"RS384", "ES384"})
    void algorithm_outsideTheProfile_isRefusedWhenBuilt(JwsAlgorithm algorithm) {
        // and the server refuses it as well, where the profile is not set.
        SigningKey key = key(algorithm);
        honest.register(client(SigningKey.publicJwkSet(List.of(key))).algorithms("PS256", "ES256", "EdDSA"));
        TokenManager.Builder builder = manager(honest.tokenEndpoint(), key).issuer(honest.issuer());
        try (TokenManager tokens = builder.build()) {
            assertThatThrownBy(tokens::token).isInstanceOf(InvalidClientException.class);
        }
        assertThatThrownBy(() -> builder.assertionProfile(FAPI).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(algorithm.registeredName())
                .hasMessageContaining("PS256, ES256, EdDSA");
    }

    private static SigningKey key(JwsAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> SigningKey.of(KeyForms.ec("secp256r1")).withKeyId("k");
            case ES384 -> Fixtures.p384("k");
            case EDDSA -> SigningKey.of(KeyForms.ed25519()).withKeyId("k");
            default -> Fixtures.rsa("k").withAlgorithm(algorithm);
        };
    }

    @Test
    void token_refreshTokenBesideIt_theNextIsAskedForLikeTheFirst() throws Exception {
        //
        honest.register(client(SigningKey.publicJwkSet(List.of(Fixtures.KEY))).refreshTokens(true));
        try (TokenManager tokens = manager(honest.tokenEndpoint(), Fixtures.KEY)
                .issuer(honest.issuer())
                .build()) {
            for (int i = 0; i < 3; i++) {
                assertThat(honest.isActive(tokens.token().value())).isTrue();
                time.advance(Duration.ofMinutes(5));
            }
        }
        assertThat(honest.tokenRequests()).hasSize(3).allSatisfy(request -> {
            assertThat(request.parameter("grant_type")).contains("client_credentials");
            assertThat(request.parameter("refresh_token")).isEmpty();
        });
        assertThat(honest.repeatedJtiCount()).isZero();
    }
}
