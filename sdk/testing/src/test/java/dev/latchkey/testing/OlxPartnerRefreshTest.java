package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What OLX's contract says of refreshing. */
@Timeout(30)
class OlxPartnerRefreshTest {

    private static final OkHttpClient HTTP = new OkHttpClient();

    private final FakeTime time = new FakeTime();
    private final OlxPartnerSimulator olx = OlxPartnerSimulator.start(time);

    @BeforeEach
    void register() {
        olx.registerClient("100001", "secret");
    }

    @AfterEach
    void close() {
        olx.close();
    }

    private TokenCall call(String token) {
        return TokenCall.to(olx.tokenEndpoint())
                .with("grant_type", "refresh_token")
                .with("refresh_token", token)
                .post("100001", "secret");
    }

    private TokenCall.Result refresh(String token) throws IOException {
        return call(token).send(HTTP);
    }

    private void assertDead(TokenCall.Result result) {
        assertThat(result.reason()).isEqualTo("Invalid refresh token");
        assertThat(result.status()).isEqualTo(400);
    }

    @Test
    void refreshToken_changesOnTheNextDayAndNotBefore() throws IOException {
        String first = olx.signIn("ann");
        time.advance(Duration.ofDays(1).minusNanos(1));
        TokenCall.Result sameDay = refresh(first);
        assertThat(sameDay.refreshToken()).isEqualTo(first);
        assertThat(refresh(first).refreshToken()).isEqualTo(first);

        time.advance(Duration.ofNanos(1));
        TokenCall.Result nextDay = refresh(first);

        assertThat(nextDay.refreshToken()).matches("[0-9a-f]{40}").isNotEqualTo(first);
        assertThat(refresh(nextDay.refreshToken()).refreshToken()).isEqualTo(nextDay.refreshToken());
        assertThat(olx.isActive(first)).isFalse();
        assertThat(olx.isActive(nextDay.refreshToken())).isTrue();
        assertDead(refresh(first));
        assertThat(olx.violations()).hasSize(1);
    }

    @Test
    void refreshToken_unusedFor30Days_isDead() throws IOException {
        String token = olx.signIn("ann");
        time.advance(Duration.ofDays(30).minusNanos(1));
        String next = refresh(token).refreshToken();
        assertThat(next).isNotEmpty();

        time.advance(Duration.ofDays(30));
        assertThat(olx.isActive(next)).isFalse();
        assertDead(refresh(next));
        assertThat(olx.violations()).isEmpty();
    }

    @Test
    void earlyRefresh_bringsTheSameAccessTokenWithWhatIsLeft() throws IOException {
        String token = olx.signIn("ann");
        TokenCall.Result first = refresh(token);
        time.advance(Duration.ofHours(23));

        TokenCall.Result early = refresh(token);
        assertThat(early.accessToken()).isEqualTo(first.accessToken());
        assertThat(early.json().path("expires_in").asInt()).isEqualTo(3600);
        assertThat(first.json().path("expires_in").asInt()).isEqualTo(86_400);
        assertThat(early.json().path("scope").asText()).isEqualTo("write read v2");

        time.advance(Duration.ofHours(1));
        assertThat(refresh(token).accessToken()).isNotEqualTo(first.accessToken());
        assertThat(olx.issuedTokens()).hasSize(2);
    }

    @Test
    void earlyRefresh_toldOtherwise_bringsANewAccessToken() throws IOException {
        olx.sameTokenOnEarlyRefresh(false);
        olx.expiresInAsText(true);
        String token = olx.signIn("ann");
        TokenCall.Result first = refresh(token);
        TokenCall.Result second = refresh(token);

        assertThat(second.accessToken()).isNotEqualTo(first.accessToken());
        assertThat(second.json().path("expires_in").textValue()).isEqualTo("86400");
        assertThat(olx.isActive(first.accessToken())).isTrue();
    }

    @Test
    void refresh_forFewerScopes_bringsANewAccessToken() throws IOException {
        String token = olx.signIn("ann");
        TokenCall.Result all = refresh(token);
        TokenCall.Result fewer = call(token).with("scope", "read v2").send(HTTP);

        assertThat(fewer.json().path("scope").asText()).isEqualTo("v2 read");
        assertThat(fewer.accessToken()).isNotEqualTo(all.accessToken());
    }

    @Test
    void refresh_forAnUnknownScope_spendsNothing() throws IOException {
        String token = olx.signInWithScopes("ann", "read", "v2");
        time.advance(Duration.ofDays(1));

        assertThat(call(token).with("scope", "read write v2").send(HTTP).error())
                .isEqualTo("invalid_scope");
        assertThat(olx.isActive(token)).isTrue();
    }

    @Test
    void refreshToken_ofAnotherClient_isRefused() throws IOException {
        String token = olx.signIn("ann");
        olx.registerClient("2", "other");

        assertDead(TokenCall.to(olx.tokenEndpoint())
                .with("grant_type", "refresh_token")
                .with("refresh_token", token)
                .post("2", "other")
                .send(HTTP));
        assertThat(refresh(token).status()).isEqualTo(200);
    }

    @Test
    void refreshToken_revoked_endsItsAccessTokens() throws IOException {
        String token = olx.signIn("ann");
        String access = refresh(token).accessToken();
        olx.revoke(token);

        assertThat(olx.isActive(access)).isFalse();
        assertDead(refresh(token));
    }
}
