package dev.latchkey.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.error.ReauthorizationRequiredException;
import dev.latchkey.event.TokenIssued;
import dev.latchkey.event.TokenRequestFailed;
import dev.latchkey.event.TokenRequestSent;
import dev.latchkey.login.LoginOutcome;
import dev.latchkey.provider.Endpoint;
import dev.latchkey.provider.Provider;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refresh tokens that Keycloak takes once only, and ends with all that came of them when they are used twice. */
@Tag("keycloak")
@ExtendWith(KeycloakExtension.class)
@Timeout(300)
class RotationKeycloakIT {
    private static final int EXPIRIES = 3;
    private static final int THREADS = 50;
    private static final String USER = "42";

    private final Keycloak keycloak;
    private final EventLog events = new EventLog();
    private final TokenStore store = MemoryTokenStore.create();
    private final SignIn signIn;

    RotationKeycloakIT(Keycloak keycloak) {
        this.keycloak = keycloak;
        this.signIn = new SignIn(keycloak, events);
    }

    @ParameterizedTest
    @ValueSource(strings = {People.SHORT_KEY_CLIENT, People.SHORT_PUBLIC_CLIENT})
    void token_severalExpiries_eachRefreshTokenUsedOnce(String client) throws Exception {
        try (TokenManager tokens = signIn.manager(client).store(store).build()) {
            LoginOutcome.SignedIn signedIn = signIn.signedIn(tokens);
            TokenSource user = tokens.adopt(USER, signedIn);
            Set<String> accessTokens = new HashSet<>(Set.of(user.token().value()));
            Set<String> refreshTokens = new HashSet<>(Set.of(refreshTokenOf(signedIn)));
            for (int expiry = 1; expiry <= EXPIRIES; expiry++) {
                passLife();
                accessTokens.add(user.token().value());
                refreshTokens.add(storedRefreshToken());
                assertThat(refreshes()).isEqualTo(expiry);
            }

            assertThat(accessTokens).hasSize(EXPIRIES + 1);
            assertThat(refreshTokens).hasSize(EXPIRIES + 1);
            assertThat(signIn.userinfo(tokens, user)).contains("\"sub\"");
            assertThat(events.of(TokenRequestFailed.class)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {People.SHORT_KEY_CLIENT, People.SHORT_PUBLIC_CLIENT})
    void token_fiftyThreadsOnAnExpiredToken_oneRefreshAndTheNextOneWorks(String client) throws Exception {
        try (TokenManager tokens = signIn.manager(client).store(store).build()) {
            TokenSource user = tokens.adopt(USER, signIn.signedIn(tokens));
            passLife();

            assertThat(served(List.of(user))).hasSize(1);
            assertThat(refreshes()).isEqualTo(1);
            assertRenewed(user);
            assertThat(events.of(TokenRequestFailed.class)).isEmpty();
        }
    }

    @Test
    void token_twoManagersOfOneStore_oneRefreshAndTheNextOneWorks() throws Exception {
        // F-24, in one process
        try (TokenManager tokens =
                        signIn.manager(People.SHORT_KEY_CLIENT).store(store).build();
                TokenManager other =
                        signIn.manager(People.SHORT_KEY_CLIENT).store(store).build()) {
            TokenSource user = tokens.adopt(USER, signIn.signedIn(tokens));
            passLife();

            assertThat(served(List.of(user, other.user(USER)))).hasSize(1);
            assertThat(refreshes()).isEqualTo(1);
            assertRenewed(other.user(USER));
            user.reject(user.token());
            assertThat(user.token().hasSameValueAs(other.user(USER).token()))
                    .as("what the other one renewed")
                    .isTrue();
            assertRenewed(user);
            assertThat(events.of(TokenRequestFailed.class)).isEmpty();
        }
    }

    @Test
    void adopt_spentRefreshToken_isRefusedAndEndsTheFamily() throws Exception {
        try (TokenManager tokens =
                signIn.manager(People.KEY_CLIENT).store(store).build()) {
            LoginOutcome.SignedIn signedIn = signIn.signedIn(tokens);
            TokenSource user = tokens.adopt(USER, signedIn);
            assertRenewed(user);
            TokenSource thief =
                    tokens.adopt("43", signedIn.response().refreshToken().orElseThrow());

            ReauthorizationRequiredException end = ended(thief);
            assertThat(end.reason()).isEqualTo(ReauthorizationReason.REFUSED);
            assertThat(end.remedy()).contains("sign in again").contains("shared token store");
            assertThat(end.toString()).doesNotContain(refreshTokenOf(signedIn));
            user.reject(user.token());
            assertThat(ended(user).reason()).isEqualTo(ReauthorizationReason.REFUSED);
            int asked = refreshes();
            assertThat(ended(user).reason()).isEqualTo(ReauthorizationReason.REFUSED);
            assertThat(refreshes()).as("not asked again").isEqualTo(asked);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {People.KEY_CLIENT, People.PUBLIC_CLIENT})
    void signOut_user_endsTheRefreshTokenAtKeycloakAndIsSentOnce(String client) throws Exception {
        //
        try (MiddleBox box = MiddleBox.of(keycloak.server().revocation().toString());
                TokenManager tokens = signIn.manager(client, revokingAt(box)).build()) {
            LoginOutcome.SignedIn signedIn = signIn.signedIn(tokens);
            TokenSource user = tokens.adopt(USER, signedIn);
            tokens.signOut(USER);
            tokens.signOut(USER);

            assertThat(box.requests()).isEqualTo(1);
            assertThat(ended(user).reason()).isEqualTo(ReauthorizationReason.SIGNED_OUT);
            assertThat(refreshes()).isZero();
            TokenSource again = tokens.adopt("43", RefreshToken.of(refreshTokenOf(signedIn)));
            assertThat(ended(again).reason()).isEqualTo(ReauthorizationReason.REFUSED);
        }
    }

    @Test
    void signOut_user_rawRequestWithItsRefreshTokenIsRefused() throws Exception {
        try (TokenManager tokens = signIn.manager(People.PUBLIC_CLIENT).build()) {
            LoginOutcome.SignedIn kept = signIn.signedIn(tokens);
            LoginOutcome.SignedIn signedIn = signIn.signedIn(tokens);
            tokens.adopt(USER, signedIn);
            tokens.signOut(USER);

            assertThat(rawRefresh(refreshTokenOf(kept))).startsWith("200").doesNotContain("invalid_grant");
            assertThat(rawRefresh(refreshTokenOf(signedIn))).startsWith("400").contains("invalid_grant");
        }
    }

    @Test
    void token_answerLostWhereNoSpentTokenIsTaken_isInDoubtByType() throws Exception {
        try (MiddleBox box = MiddleBox.of(keycloak.server().tokenEndpoint());
                TokenManager login = signIn.manager(People.KEY_CLIENT).build();
                TokenManager tokens = behind(box, keycloak.server())) {
            TokenSource user = tokens.adopt(USER, signIn.signedIn(login));
            user.reject(user.token());
            box.loseNextAnswer();

            ReauthorizationRequiredException end = ended(user);
            assertThat(end.reason()).isEqualTo(ReauthorizationReason.IN_DOUBT);
            assertThat(end.remedy()).contains("got lost").contains("grace");
            assertThat(box.requests()).isEqualTo(2);
        }
    }

    @Test
    void token_answerLostWhereASpentTokenIsTakenOnceMore_isHealed() throws Exception {
        try (MiddleBox box = MiddleBox.of(keycloak.lenient().tokenEndpoint());
                TokenManager login = signIn.manager(People.KEY_CLIENT, SignIn.provider(keycloak.lenient()))
                        .build();
                TokenManager tokens = behind(box, keycloak.lenient())) {
            TokenSource user = tokens.adopt(USER, signIn.signedIn(login));
            user.reject(user.token());
            box.loseNextAnswer();

            assertThat(user.token().value()).isNotBlank();
            assertThat(box.requests()).isEqualTo(2);
            assertRenewed(user);
        }
    }

    private TokenManager behind(MiddleBox box, KeycloakServer server) {
        Provider provider = Provider.builder(box.url()).issuer(server.issuer()).build();
        return signIn.manager(People.KEY_CLIENT, provider).store(store).build();
    }

    private Provider revokingAt(MiddleBox box) throws IOException {
        return SignIn.provider(keycloak.server()).toBuilder()
                .endpoint(Endpoint.REVOCATION, box.url())
                .build();
    }

    /** Real time, since the server has no other. */
    private static void passLife() throws InterruptedException {
        assertThat(new CountDownLatch(1).await(5, TimeUnit.SECONDS)).isFalse();
    }

    private static String refreshTokenOf(LoginOutcome.SignedIn signedIn) {
        return signedIn.response().refreshToken().orElseThrow().value();
    }

    private String storedRefreshToken() throws IOException {
        List<TokenIssued> issued = events.of(TokenIssued.class);
        return store.load(issued.get(issued.size() - 1).key())
                .orElseThrow()
                .refreshToken()
                .orElseThrow()
                .value();
    }

    private int refreshes() {
        return (int) events.of(TokenRequestSent.class).stream()
                .filter(sent -> sent.key().grantType().equals("refresh_token"))
                .count();
    }

    /** Only a family that lives has a next one. */
    private void assertRenewed(TokenSource user) throws IOException {
        AccessToken before = user.token();
        int asked = refreshes();
        user.reject(before);
        assertThat(user.token().hasSameValueAs(before)).isFalse();
        assertThat(refreshes()).isEqualTo(asked + 1);
    }

    private static ReauthorizationRequiredException ended(TokenSource user) {
        return catchThrowableOfType(ReauthorizationRequiredException.class, user::token);
    }

    /** {@return the values that 50 threads got who asked at once} */
    private static Set<String> served(List<TokenSource> sources) throws Exception {
        var together = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<AccessToken>> all = new ArrayList<>();
            for (int number = 0; number < THREADS; number++) {
                TokenSource source = sources.get(number % sources.size());
                all.add(threads.submit(() -> {
                    together.await();
                    return source.token();
                }));
            }
            together.countDown();
            Set<String> values = new HashSet<>();
            for (Future<AccessToken> each : all) {
                values.add(each.get(30, TimeUnit.SECONDS).value());
            }
            return values;
        } finally {
            threads.shutdownNow();
        }
    }

    private String rawRefresh(String refreshToken) throws IOException {
        Request request = new Request.Builder()
                .url(keycloak.server().tokenEndpoint())
                .post(new FormBody.Builder()
                        .add("grant_type", "refresh_token")
                        .add("client_id", People.PUBLIC_CLIENT)
                        .add("refresh_token", refreshToken)
                        .build())
                .build();
        try (Response response = new OkHttpClient().newCall(request).execute()) {
            return response.code() + " " + response.body().string();
        }
    }
}
