package dev.latchkey.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Leases on a disk that takes no file: locks that fall with their process. A full disk is in FileTokenStoreProcessesTest. */
@Timeout(20)
class HeldLeasesTest {
    private static final String ID = "00000000000a1234";
    private static final String OTHER_ID = "00000000000b1234";
    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final long NOW = 1_000_000;

    private @TempDir Path directory;
    private HeldLeases here;
    private HeldLeases there;

    @BeforeEach
    void open() {
        here = new HeldLeases(new StoreLocks(directory, Permissions.of(directory)));
        there = new HeldLeases(new StoreLocks(directory, Permissions.of(directory)));
    }

    private static Lease lease(String owner, long now) {
        return Lease.of(owner, LIFE, now, "");
    }

    @Test
    void hold_ofAFreeKey_keepsOthersOut_andThatKeyOnly() throws Exception {
        assertThat(here.isFree(ID, "me", NOW)).isTrue();
        assertThat(here.hold(ID, lease("me", NOW))).isTrue();

        assertThat(there.isFree(ID, "other", NOW)).isFalse();
        assertThat(there.hold(ID, lease("other", NOW))).isFalse();
        assertThat(there.isFree(OTHER_ID, "other", NOW)).isTrue();
        assertThat(there.hold(OTHER_ID, lease("other", NOW))).isTrue();
    }

    @Test
    void isFree_inTheProcessThatHolds_goesByOwnerAndTime() throws Exception {
        here.hold(ID, lease("me", NOW));

        assertThat(here.isFree(ID, "me", NOW)).isTrue();
        assertThat(here.isFree(ID, "other", NOW)).isFalse();
        assertThat(here.isFree(ID, "other", NOW + LIFE.toMillis())).isTrue();
    }

    @Test
    void isFree_ofWhatNobodyHolds_leavesItFree() throws Exception {
        assertThat(here.isFree(ID, "me", NOW)).isTrue();
        assertThat(there.hold(ID, lease("other", NOW))).isTrue();
    }

    @Test
    void hold_again_isForLonger() throws Exception {
        here.hold(ID, lease("me", NOW));

        assertThat(here.hold(ID, lease("me", NOW + 20_000))).isTrue();
        assertThat(here.isFree(ID, "other", NOW + LIFE.toMillis())).isFalse();
    }

    @Test
    void drop_byItsOwnerOnly_letsOthersIn() throws Exception {
        here.hold(ID, lease("me", NOW));

        here.drop(ID, "other");
        assertThat(there.isFree(ID, "other", NOW)).isFalse();
        here.drop(ID, "me");
        assertThat(there.isFree(ID, "other", NOW)).isTrue();
        here.drop(ID);
    }
}
