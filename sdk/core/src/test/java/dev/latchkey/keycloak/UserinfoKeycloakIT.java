package dev.latchkey.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.OAuthInterceptor;
import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import dev.latchkey.error.InsufficientScopeException;
import dev.latchkey.error.InvalidTokenException;
import dev.latchkey.event.TokenIssued;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.TokenType;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** An API called through the interceptor: Keycloak's own userinfo endpoint. */
@Tag("keycloak")
@ExtendWith(KeycloakExtension.class)
@Timeout(300)
class UserinfoKeycloakIT {
    private final Keycloak keycloak;
    private final EventLog events = new EventLog();

    UserinfoKeycloakIT(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    @Test
    void call_tokenWithOpenid_answered() throws Exception {
        try (TokenManager tokens = keyed().build()) {
            assertAnswered(tokens);
            assertAnswered(tokens);

            assertThat(events.of(TokenIssued.class)).hasSize(1);
        }
    }

    @Test
    void call_revokedToken_healedByOneReplay() throws Exception {
        try (TokenManager tokens = posting().build()) {
            AccessToken revoked = tokens.token();
            revoke(revoked);

            assertAnswered(tokens);

            assertThat(tokens.token().hasSameValueAs(revoked)).isFalse();
            assertThat(events.of(TokenIssued.class)).hasSize(2);
        }
    }

    @Test
    void call_tokenWithoutOpenid_isInsufficientScope() throws Exception {
        try (TokenManager tokens = keyed().scope("records.read").build()) {
            InsufficientScopeException refusal =
                    catchThrowableOfType(InsufficientScopeException.class, () -> send(api(tokens), userinfo()));

            assertThat(refusal.status()).isEqualTo(403);
            assertThat(refusal.remedy()).contains("wider scope");
            assertThat(events.of(TokenIssued.class)).hasSize(1);
        }
    }

    @Test
    void call_foreignTokenOfASource_isInvalidToken() throws Exception {
        AccessToken foreign = foreignToken();
        try (TokenManager tokens = keyed().build()) {
            Request request = userinfo()
                    .newBuilder()
                    .tag(TokenSource.class, always(foreign))
                    .build();

            InvalidTokenException refusal =
                    catchThrowableOfType(InvalidTokenException.class, () -> send(api(tokens), request));

            assertThat(refusal.status()).isEqualTo(401);
            assertThat(refusal.challenge().orElseThrow().realm()).contains(TestRealm.NAME);
            assertThat(refusal.remedy()).contains("access token was refused");
            assertThat(refusal.toString()).doesNotContain(foreign.value());
            assertThat(events.of(TokenIssued.class)).isEmpty();
        }
    }

    private TokenManager.Builder keyed() {
        return keycloak.manager(TestRealm.ES384, events)
                .signingKey(keycloak.realm().ec())
                .apiOrigin(keycloak.server().origin())
                .scope("openid");
    }

    private TokenManager.Builder posting() {
        return keycloak.manager(TestRealm.POST, events)
                .clientSecret(keycloak.realm().secret())
                .apiOrigin(keycloak.server().origin())
                .scope("openid");
    }

    private static OkHttpClient api(TokenManager tokens) {
        return OAuthInterceptor.of(tokens).applyTo(new OkHttpClient.Builder()).build();
    }

    private Request userinfo() {
        return new Request.Builder().url(keycloak.server().userinfo()).build();
    }

    private void assertAnswered(TokenManager tokens) throws IOException {
        assertThat(send(api(tokens), userinfo())).contains("\"sub\"");
    }

    private static String send(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(200);
            return response.body().string();
        }
    }

    private void revoke(AccessToken token) throws IOException {
        Request request = new Request.Builder()
                .url(keycloak.server().revocation())
                .header(
                        "Authorization",
                        Credentials.basic(TestRealm.POST, keycloak.realm().secret()))
                .post(new FormBody.Builder().add("token", token.value()).build())
                .build();
        assertThat(send(new OkHttpClient(), request)).isEmpty();
    }

    /** Well formed, and signed by somebody else. */
    private static AccessToken foreignToken() {
        Instant now = Clock.systemUTC().instant();
        return AccessToken.of(
                "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJub2JvZHkifQ.AAAA",
                TokenType.BEARER,
                dev.latchkey.token.Scope.none(),
                now,
                now.plusSeconds(300));
    }

    private static TokenSource always(AccessToken token) {
        return new TokenSource() {
            @Override
            public AccessToken token() {
                return token;
            }

            @Override
            public CompletableFuture<AccessToken> tokenAsync() {
                return CompletableFuture.completedFuture(token);
            }

            @Override
            public void reject(AccessToken refused) {}
        };
    }
}
