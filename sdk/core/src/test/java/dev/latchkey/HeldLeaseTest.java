package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.TokenStoreException;
import dev.latchkey.testing.FakeTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HeldLeaseTest {
    private static final Duration LIFE = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final FakeTime time = new FakeTime();
    private final OneLease place = new OneLease();
    private final Engine engine = Fixtures.engine(time);

    private HeldLease lease() {
        return new HeldLease(place, HeldLease.Terms.of(LIFE, LONGEST), engine);
    }

    private HeldLease taken() throws Exception {
        HeldLease lease = lease();
        assertThat(lease.take()).isTrue();
        return lease;
    }

    @Test
    void take_free_isHeldByNobodyElse() throws Exception {
        HeldLease lease = taken();

        assertThat(lease.isHeld()).isTrue();
        assertThat(lease.isSafe()).isTrue();
        assertThat(lease().take()).isFalse();
    }

    @Test
    void held_forMuchLongerThanItsLife_isRenewed() throws Exception {
        HeldLease lease = taken();
        for (int second = 1; second < LONGEST.toSeconds(); second++) {
            time.advance(Duration.ofSeconds(1));
            assertThat(lease.isSafe()).as("after %s s", second).isTrue();
            assertThat(lease().take()).isFalse();
        }
    }

    @Test
    void held_forEver_endsAllTheSame() throws Exception {
        HeldLease lease = taken();
        time.advance(LONGEST.plus(LIFE));

        assertThat(lease.isHeld()).isFalse();
        assertThat(lease().take()).isTrue();
    }

    @Test
    void held_renewalFails_isNotSafeAnyMoreAndRunsOut() throws Exception {
        HeldLease lease = taken();
        place.broken = true;
        time.advance(Duration.ofSeconds(2));
        assertThat(lease.isSafe()).isFalse();
        assertThat(lease.isHeld()).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void held_renewalFailsOnce_isRenewedByTheNext() throws Exception {
        HeldLease lease = taken();
        place.broken = true;
        time.advance(Duration.ofSeconds(1));
        place.broken = false;
        time.advance(Duration.ofSeconds(1));

        assertThat(lease.isSafe()).isTrue();
    }

    @Test
    void held_takenByAnotherAfterAPause_isNotTakenBack() throws Exception {
        HeldLease lease = taken();
        place.owner = "another";
        time.advance(Duration.ofSeconds(2));

        assertThat(lease.isSafe()).isFalse();
        assertThat(place.owner).isEqualTo("another");
    }

    @Test
    void giveBack_held_isFreeAtOnceAndStaysSo() throws Exception {
        taken().giveBack();

        assertThat(place.owner).isNull();
        time.advance(LONGEST);
        assertThat(place.owner).isNull();
        assertThat(time.scheduledCount()).isZero();
    }

    @Test
    void giveBack_whileARenewalIsUnderWay_isGivenBackOnceMore() throws Exception {
        HeldLease lease = taken();
        place.beforeLease = lease::giveBack;
        time.advance(Duration.ofSeconds(1));

        assertThat(place.owner).isNull();
    }

    @Test
    void giveBack_storeFails_isTriedAgain() throws Exception {
        HeldLease lease = taken();
        place.broken = true;
        lease.giveBack();
        place.broken = false;
        assertThat(place.owner).isNotNull();
        time.advance(Duration.ofSeconds(1));

        assertThat(place.owner).isNull();
        time.advance(LONGEST);
        assertThat(time.scheduledCount()).isZero();
    }

    @Test
    void giveBack_storeFailsUntilItIsOver_isTriedNoMore() throws Exception {
        HeldLease lease = taken();
        place.broken = true;
        lease.giveBack();
        time.advance(LIFE.multipliedBy(2));

        assertThat(time.scheduledCount()).isZero();
    }

    @Test
    void keepWhile_needed_isRenewedForAsLongAsThat() throws Exception {
        AtomicBoolean needed = new AtomicBoolean(true);
        taken().keepWhile(needed::get);
        time.advance(LONGEST.multipliedBy(3));
        assertThat(place.owner).isNotNull();
        assertThat(lease().take()).isFalse();
        needed.set(false);
        time.advance(Duration.ofSeconds(1));

        assertThat(place.owner).isNull();
        assertThat(time.scheduledCount()).isZero();
    }

    @Test
    void resume_kept_isHeldAgainAndNotGivenBackBehind() throws Exception {
        HeldLease lease = taken();
        lease.keepWhile(() -> false);
        assertThat(lease.resume()).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(lease.isSafe()).isTrue();
        lease.giveBackIfKept();

        assertThat(place.owner).isNotNull();
    }

    @Test
    void resume_takenByAnother_isGivenUpForGood() throws Exception {
        HeldLease lease = taken();
        lease.keepWhile(() -> true);
        place.owner = "another";
        place.untilNanos = time.getAsLong() + LIFE.toNanos();

        assertThat(lease.resume()).isFalse();
        place.owner = null;
        time.advance(LONGEST);
        assertThat(place.owner).as("nobody works under it").isNull();
        assertThat(time.scheduledCount()).isZero();
    }

    @Test
    void resume_storeFails_isGivenUpForGood() throws Exception {
        HeldLease lease = taken();
        lease.keepWhile(() -> true);
        place.broken = true;
        assertThatThrownBy(lease::resume).isInstanceOf(TokenStoreException.class);
        place.broken = false;
        time.advance(LONGEST);

        assertThat(place.owner).isNull();
        assertThat(time.scheduledCount()).isZero();
    }

    @Test
    void resume_givenBackMeanwhile_isNotHeld() throws Exception {
        HeldLease lease = taken();
        lease.keepWhile(() -> true);
        lease.giveBackIfKept();

        assertThat(lease.resume()).isFalse();
        assertThat(place.owner).isNull();
    }

    @Test
    void terms_longRequests_areOfAShortLife() {
        // F-25: a spent refresh token still works for about ten seconds at most servers that give any grace.
        assertThat(HeldLease.Terms.of(Duration.ofMinutes(2), Duration.ofMinutes(4))
                        .life())
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(HeldLease.Terms.of(LIFE, LONGEST).life()).isEqualTo(LIFE);
    }

    /** The lease of one key, which ends by the fake time. */
    private final class OneLease implements HeldLease.Place {
        private @Nullable String owner;
        private long untilNanos;
        private boolean broken;
        private @Nullable Runnable beforeLease;

        @Override
        public boolean lease(String wanted, Duration life) throws TokenStoreException {
            check();
            Runnable first = beforeLease;
            beforeLease = null;
            if (first != null) {
                first.run();
            }
            boolean isFree = owner == null || owner.equals(wanted) || time.getAsLong() - untilNanos >= 0;
            if (isFree) {
                owner = wanted;
                untilNanos = time.getAsLong() + life.toNanos();
            }
            return isFree;
        }

        @Override
        public void release(String former) throws TokenStoreException {
            check();
            if (former.equals(owner)) {
                owner = null;
            }
        }

        private void check() throws TokenStoreException {
            if (broken) {
                throw new TokenStoreException(ErrorDetails.builder("Token store", "it is away")
                        .retryable(true)
                        .build());
            }
        }
    }
}
