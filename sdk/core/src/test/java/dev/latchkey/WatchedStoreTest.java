package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.store.StoredToken;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.token.TokenKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WatchedStoreTest {
    private static final TokenKey KEY = TokenKey.of("https://auth.example.com/token", "client", "refresh_token");
    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private final FakeTime time = new FakeTime();
    private final SwitchableStore store = new SwitchableStore();
    private final WatchedStore watched = new WatchedStore(store, Fixtures.engine(time));

    @Test
    void away_cannotBeReached_isSoForAWhile() {
        store.broken = true;
        assertThatThrownBy(() -> watched.lease(KEY, "one", A_WHILE)).isInstanceOf(TokenStoreException.class);
        assertThat(watched.wasAwayWithin(A_WHILE)).isTrue();
        time.advance(A_WHILE);
        assertThat(watched.wasAwayWithin(A_WHILE)).isFalse();

        assertThatThrownBy(() -> watched.load(KEY)).isInstanceOf(TokenStoreException.class);
        assertThat(watched.wasAwayWithin(A_WHILE)).isTrue();
    }

    @Test
    void away_oneEntryIsDamaged_isNotSo() {
        store.damaged = true;
        assertThatThrownBy(() -> watched.load(KEY)).isInstanceOf(TokenStoreException.class);

        assertThat(watched.wasAwayWithin(A_WHILE)).isFalse();
    }

    @Test
    void away_diskIsFull_isNotSo() {
        store.full = true;
        assertThatThrownBy(() ->
                        watched.compareAndSet(KEY, 0, StoredToken.builder(1).build()))
                .isInstanceOf(TokenStoreException.class);

        assertThat(watched.wasAwayWithin(A_WHILE)).isFalse();
    }
}
