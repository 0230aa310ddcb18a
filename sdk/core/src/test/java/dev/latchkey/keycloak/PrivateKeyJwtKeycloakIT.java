package dev.latchkey.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import dev.latchkey.clientauth.AssertionProfile;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.event.TokenRequestFailed;
import dev.latchkey.event.TokenRequestSent;
import dev.latchkey.token.AccessToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens for clients that prove themselves with a key. */
@Tag("keycloak")
@ExtendWith(KeycloakExtension.class)
@Timeout(300)
class PrivateKeyJwtKeycloakIT {
    private final Keycloak keycloak;
    private final EventLog events = new EventLog();

    PrivateKeyJwtKeycloakIT(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    static Stream<Arguments> keysAndProfiles() {
        return Stream.of(TestRealm.RS384, TestRealm.ES384)
                .flatMap(client -> Stream.of(AssertionProfile.issuer(), AssertionProfile.tokenEndpoint())
                        .map(profile -> Arguments.of(client, profile)));
    }

    @ParameterizedTest
    @MethodSource("keysAndProfiles")
    void token_keyAndProfile_issued(String client, AssertionProfile profile) throws Exception {
        boolean forIssuer = profile.name().equals("issuer");
        try (TokenManager tokens = keycloak.manager(client, events)
                .signingKey(key(client))
                .assertionProfile(profile)
                .build()) {
            AccessToken token = tokens.token();

            assertThat(token.value()).isNotBlank();
            assertThat(token.type().name()).isEqualTo("Bearer");
            assertThat(Duration.between(token.issuedAt(), token.expiresAt()))
                    .isBetween(Duration.ofSeconds(299), Duration.ofSeconds(300));
            TokenRequestSent sent = events.of(TokenRequestSent.class).get(0);
            assertThat(sent.clientAuthenticationMethod()).isEqualTo("private_key_jwt");
            assertThat(sent.assertionHeader())
                    .containsEntry("alg", client.equals(TestRealm.RS384) ? "RS384" : "ES384")
                    .containsEntry("typ", forIssuer ? "client-authentication+jwt" : "JWT");
            assertThat(sent.assertionClaims())
                    .containsEntry(
                            "aud",
                            forIssuer
                                    ? keycloak.server().issuer()
                                    : keycloak.server().tokenEndpoint());
        }
    }

    @Test
    void issuer_ofTheMetadata_isTheOneGivenToTheLetter() throws Exception {
        Request request =
                new Request.Builder().url(keycloak.server().metadata()).build();
        try (Response response = new OkHttpClient().newCall(request).execute()) {
            JsonNode metadata = new ObjectMapper().readTree(response.body().byteStream());

            assertThat(metadata.path("issuer").asText())
                    .isEqualTo(keycloak.server().issuer());
            assertThat(metadata.path("token_endpoint").asText())
                    .isEqualTo(keycloak.server().tokenEndpoint());
        }
    }

    @Test
    void scope_asked_isReturnedAndHasATokenOfItsOwn() throws Exception {
        try (TokenManager tokens = keycloak.manager(TestRealm.ES384, events)
                .signingKey(keycloak.realm().ec())
                .scope("records.read")
                .build()) {
            TokenSource writing = tokens.scope("records.write");
            AccessToken read = tokens.token();
            AccessToken write = writing.token();

            assertThat(read.scope().tokens()).contains("records.read").doesNotContain("records.write");
            assertThat(write.scope().tokens()).contains("records.write").doesNotContain("records.read");
            assertThat(tokens.scope("records.write records.read")
                            .token()
                            .scope()
                            .tokens())
                    .contains("records.read", "records.write");
            assertThat(write.hasSameValueAs(read)).isFalse();
            assertThat(tokens.token()).isSameAs(read);
            assertThat(writing.token()).isSameAs(write);
            assertThat(events.of(TokenRequestSent.class)).hasSize(3);
        }
    }

    /** Keycloak keeps one set of {@code jti} for the whole realm, and refuses what it has seen. */
    @Test
    void token_200Requests_noJtiIsSeenTwice() throws Exception {
        OkHttpClient shared = new OkHttpClient();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<AccessToken>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String client = i % 2 == 0 ? TestRealm.RS384 : TestRealm.ES384;
                results.add(threads.submit(() -> requested(client, shared)));
            }
            for (Future<AccessToken> result : results) {
                assertThat(result.get()).isNotNull();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(events.of(TokenRequestFailed.class)).isEmpty();
        assertThat(events.of(TokenRequestSent.class))
                .hasSize(200)
                .extracting(sent -> sent.assertionClaims().get("jti"))
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    private AccessToken requested(String client, OkHttpClient shared) throws Exception {
        try (TokenManager tokens = keycloak.manager(client, events)
                .signingKey(key(client))
                .httpClient(shared)
                .build()) {
            return tokens.token();
        }
    }

    private SigningKey key(String client) {
        return client.equals(TestRealm.RS384)
                ? keycloak.realm().rsa()
                : keycloak.realm().ec();
    }
}
