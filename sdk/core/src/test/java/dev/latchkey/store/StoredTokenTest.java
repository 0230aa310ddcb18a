package dev.latchkey.store;

import static dev.latchkey.store.StoreFixtures.ISSUED;
import static dev.latchkey.store.StoreFixtures.REFRESH;
import static dev.latchkey.store.StoreFixtures.access;
import static dev.latchkey.store.StoreFixtures.full;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is stored is what was put in, and is printed without its secrets. */
@Timeout(20)
class StoredTokenTest {
    private static void assertFull(StoredToken token, long generation) {
        assertThat(token.generation()).isEqualTo(generation);
        assertThat(token.accessToken()).map(AccessToken::value).contains(access().value());
        assertThat(token.refreshToken()).map(RefreshToken::value).contains(REFRESH);
        assertThat(token.refreshTokenExpiresAt()).contains(ISSUED.plusSeconds(86_400));
        assertThat(token.attemptStartedAt()).contains(ISSUED.plusNanos(7));
        assertThat(token.signedInAt()).contains(ISSUED.minusSeconds(60));
        assertThat(token.ended()).contains(ReauthorizationReason.IN_DOUBT);
    }

    @Test
    void builder_withEverything_keepsIt_alsoInTheNextGenerations() {
        assertFull(full(3), 3);
        assertFull(full(3).next().build(), 4);
        assertFull(full(3).withGeneration(9), 9);
    }

    @Test
    void of_anAccessToken_hasNothingElse() {
        AccessToken access = access();
        StoredToken token = StoredToken.of(access, 1);

        assertThat(token.accessToken()).containsSame(access);
        assertThat(token.refreshToken()).isEmpty();
        assertThat(token.refreshTokenExpiresAt()).isEmpty();
        assertThat(token.attemptStartedAt()).isEmpty();
        assertThat(token.signedInAt()).isEmpty();
        assertThat(token.ended()).isEmpty();
    }

    @Test
    void generation_belowOne_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoredToken.builder(0))
                .withMessageStartingWith("generation: 0");
    }

    @Test
    void toString_saysWhatIsThere_withoutShowingIt() {
        assertThat(full(3))
                .hasToString("StoredToken[generation=3, accessToken=*****, refreshToken=*****, attemptStartedAt="
                        + ISSUED.plusNanos(7) + ", ended=IN_DOUBT]");
        assertThat(StoredToken.builder(1).build())
                .hasToString(
                        "StoredToken[generation=1, accessToken=none, refreshToken=none, attemptStartedAt=null, ended=null]");
    }
}
