package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class GrantsTest {

    private static final OkHttpClient HTTP = new OkHttpClient();

    private final FakeTime time = new FakeTime();
    private final FakeAuthorizationServer server = FakeAuthorizationServer.start(time);

    @BeforeEach
    void register() {
        server.register(FakeClient.clientSecretPost("c", "s").scopes("a", "b").refreshTokens(true));
        server.register(FakeClient.clientSecretPost("d", "s"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private TokenCall.Result fetch() throws IOException {
        return TokenCall.clientCredentials(server).post("c", "s").send(HTTP);
    }

    private TokenCall.Result fetch(String clientId, String scope) throws IOException {
        return TokenCall.clientCredentials(server)
                .with("scope", scope)
                .post(clientId, "s")
                .send(HTTP);
    }

    private TokenCall.Result refresh(String token) throws IOException {
        return TokenCall.refresh(server, token).post("c", "s").send(HTTP);
    }

    @Test
    void answer_ofClientCredentials_hasTheMembersOfRfc6749() throws IOException {
        server.tokenLife(Duration.ofSeconds(90));

        TokenCall.Result result = fetch();

        assertThat(result.header("Content-Type")).contains("application/json");
        assertThat(result.header("Cache-Control")).contains("no-store");
        assertThat(result.json().path("token_type").asText()).isEqualTo("Bearer");
        assertThat(result.json().path("expires_in").isInt()).isTrue();
        assertThat(result.json().path("expires_in").asInt()).isEqualTo(90);
        assertThat(result.json().path("scope").asText()).isEqualTo("a b");
        assertThat(result.refreshToken()).isNotEmpty();
        assertThat(server.issuedTokens()).containsExactly(result.accessToken());
    }

    @Test
    void scope_registered_boundsWhatIsGranted() throws IOException {
        assertThat(server.scopeOf(fetch("c", "b").accessToken())).containsExactly("b");
        TokenCall.Result over = fetch("c", "b x");
        assertThat(over.status()).isEqualTo(400);
        assertThat(over.error()).isEqualTo("invalid_scope");
        assertThat(over.reason()).isEqualTo("Not allowed: [x], allowed: [a, b]");
    }

    @Test
    void scope_noneRegistered_grantsWhatIsAsked() throws IOException {
        assertThat(fetch("d", "x y").json().path("scope").asText()).isEqualTo("x y");
        TokenCall.Result none =
                TokenCall.clientCredentials(server).post("d", "s").send(HTTP);
        assertThat(none.json().has("scope")).isFalse();
        assertThat(none.json().has("refresh_token")).isFalse();
        assertThat(server.scopeOf(none.accessToken())).isEmpty();
        assertThat(server.scopeOf("unknown")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " a", "a ", "a  b", "a\tb", "a\"", "ü"})
    void scope_badSyntax_isRefused(String scope) throws IOException {
        assertThat(fetch("d", scope).error()).isEqualTo("invalid_scope");
    }

    @Test
    void accessToken_oneTickEitherSideOfItsEnd_isGoodOrExpired() throws IOException {
        String token = fetch().accessToken();

        time.advance(Duration.ofMinutes(5).minusNanos(1));
        assertThat(server.isActive(token)).isTrue();
        time.advance(Duration.ofNanos(1));

        assertThat(server.isActive(token)).isFalse();
    }

    @Test
    void tokenLife_changedLive_holdsForNewTokens() throws IOException {
        String old = fetch().accessToken();
        server.tokenLife(Duration.ofSeconds(10));
        String young = fetch().accessToken();

        time.advance(Duration.ofSeconds(10));

        assertThat(server.isActive(old)).isTrue();
        assertThat(server.isActive(young)).isFalse();
    }

    @Test
    void clockOffset_set_doesNotMoveTheLivesOfTokens() throws IOException {
        String token = fetch().accessToken();

        server.clockOffset(Duration.ofDays(1));

        assertThat(server.isActive(token)).isTrue();
    }

    @Test
    void revoke_oneAccessToken_leavesTheOthers() throws IOException {
        String one = fetch().accessToken();
        String two = fetch().accessToken();

        server.revoke(one);
        assertThat(server.isActive(one)).isFalse();
        assertThat(server.isActive(two)).isTrue();
        server.revokeAll();

        assertThat(server.isActive(two)).isFalse();
        assertThat(server.isActive(fetch().accessToken())).isTrue();
    }

    @Test
    void issueAccessToken_seeded_isGood() {
        String token = server.issueAccessToken("c", "a");

        assertThat(server.isActive(token)).isTrue();
        assertThat(server.scopeOf(token)).containsExactly("a");
    }

    @Test
    void refresh_rotation_spendsTheOldToken() throws IOException {
        String first = server.issueRefreshToken("c", "a", "b");

        TokenCall.Result result = refresh(first);

        assertThat(result.refreshToken()).isNotEmpty().isNotEqualTo(first);
        assertThat(server.scopeOf(result.accessToken())).containsExactlyInAnyOrder("a", "b");
        assertThat(server.isActive(first)).isFalse();
        assertThat(server.isActive(result.refreshToken())).isTrue();
    }

    // a spent refresh token that comes again kills its family.
    @Test
    void refresh_replay_killsTheFamily() throws IOException {
        String bystander = server.issueRefreshToken("c");
        String first = server.issueRefreshToken("c");
        TokenCall.Result result = refresh(first);

        TokenCall.Result replay = refresh(first);

        assertThat(replay.status()).isEqualTo(400);
        assertThat(replay.error()).isEqualTo("invalid_grant");
        assertThat(replay.reason()).contains("used before");
        assertThat(server.killedFamilyCount()).isEqualTo(1);
        assertThat(server.isActive(result.accessToken())).isFalse();
        assertThat(server.isActive(result.refreshToken())).isFalse();
        assertThat(refresh(result.refreshToken()).reason()).contains("family was revoked");
        assertThat(server.isActive(bystander)).isTrue();
        assertThat(server.violations())
                .containsExactly("Token request 2: The refresh token was used before: its family is revoked");
    }

    @Test
    void refreshTokenGrace_replayWithin_getsThePresentToken() throws IOException {
        server.refreshTokenGrace(Duration.ofSeconds(10));
        String first = server.issueRefreshToken("c");
        String second = refresh(first).refreshToken();

        time.advance(Duration.ofSeconds(10).minusNanos(1));
        TokenCall.Result within = refresh(first);
        time.advance(Duration.ofNanos(1));
        TokenCall.Result after = refresh(first);

        assertThat(within.refreshToken()).isEqualTo(second);
        assertThat(server.killedFamilyCount()).isEqualTo(1);
        assertThat(after.error()).isEqualTo("invalid_grant");
    }

    @Test
    void rotateRefreshTokens_off_keepsTheToken() throws IOException {
        server.rotateRefreshTokens(false);
        String token = server.issueRefreshToken("c");

        assertThat(refresh(token).json().has("refresh_token")).isFalse();
        assertThat(refresh(token).status()).isEqualTo(200);
        assertThat(server.isActive(token)).isTrue();
    }

    @Test
    void refresh_lostAnswer_spendsTheToken() throws IOException {
        String token = server.issueRefreshToken("c");
        server.next(Answer.disconnectAfterRequest());
        OkHttpClient once = HTTP.newBuilder().retryOnConnectionFailure(false).build();

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> TokenCall.refresh(server, token).post("c", "s").send(once)))
                .isInstanceOf(IOException.class);

        assertThat(server.isActive(token)).isFalse();
        assertThat(server.killedFamilyCount()).isZero();
    }

    @Test
    void refresh_refusedForClientOrScope_leavesTheTokenGood() throws IOException {
        String token = server.issueRefreshToken("c", "a", "b");

        TokenCall.Result otherClient =
                TokenCall.refresh(server, token).post("d", "s").send(HTTP);
        TokenCall.Result wider = TokenCall.refresh(server, token)
                .with("scope", "a x")
                .post("c", "s")
                .send(HTTP);
        TokenCall.Result narrower = TokenCall.refresh(server, token)
                .with("scope", "a")
                .post("c", "s")
                .send(HTTP);

        assertThat(otherClient.error()).isEqualTo("invalid_grant");
        assertThat(otherClient.reason()).contains("another client");
        assertThat(wider.error()).isEqualTo("invalid_scope");
        assertThat(server.scopeOf(narrower.accessToken())).containsExactly("a");
        assertThat(server.scopeOf(refresh(narrower.refreshToken()).accessToken()))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void refresh_unknownMissingOrRevoked_isRefused() throws IOException {
        assertThat(refresh("unknown").reason()).isEqualTo("The refresh token was not issued here");
        assertThat(TokenCall.bare(server)
                        .with("grant_type", "refresh_token")
                        .post("c", "s")
                        .send(HTTP)
                        .error())
                .isEqualTo("invalid_request");
        String token = server.issueRefreshToken("c");
        TokenCall.Result result = refresh(token);
        server.revoke(result.refreshToken());
        assertThat(refresh(result.refreshToken()).error()).isEqualTo("invalid_grant");
        assertThat(server.isActive(result.accessToken())).isFalse();
        assertThat(server.killedFamilyCount()).isZero();
    }
}
