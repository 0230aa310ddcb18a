package dev.latchkey.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.chaos.Places.Kind;
import dev.latchkey.store.StoredToken;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process stands still in the middle of a rotation until its lease is over, and wakes when another has gone on (F-26). */
@Tag("chaos")
@ExtendWith(ChaosExtension.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "sends POSIX signals")
class StoppedChaosTest {
    private static final String ALICE = "alice";
    private static final Duration GRACE = Duration.ofSeconds(30);
    /** So that a lease lasts 1.5 seconds. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(1);

    private @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void holder_wokenLate_leavesTheNewerTokenInPlace(Kind kind, Chaos chaos) throws Exception {
        try (World world = new World(chaos, kind.fresh(folder), GRACE)) {
            world.signIn(ALICE);
            ChildProcess stopped = world.child(ALICE, REQUEST_TIMEOUT, 1).ready();
            ChildProcess other = world.child(ALICE, REQUEST_TIMEOUT, 1).ready();
            int rounds = chaos.length(20, 2);
            for (int round = 1; round <= 2 * rounds; round += 2) {
                assertThat(stopped.ask("round " + round)).startsWith("ok ");
                assertThat(other.ask("round " + round)).startsWith("ok ");
                stopInTheMiddle(world, stopped, round + 1);
                StoredToken newer = overtake(world, other, round + 1, round % 4 == 1);
                stopped.signal("CONT");
                assertThat(stopped.line()).startsWith("ok ");

                StoredToken left = world.stored(ALICE);
                assertThat(left.generation()).isGreaterThanOrEqualTo(newer.generation());
                assertThat(world.isCurrent(left)).isTrue();
            }
            int families = world.server().killedFamilyCount();
            chaos.figures().revokedFamilies.addAndGet(families);
            assertThat(families).isZero();
        }
    }

    private static void stopInTheMiddle(World world, ChildProcess child, int round) throws Exception {
        int before = world.server().tokenRequestCount();
        world.server().hold();
        child.say("round " + round);
        world.server().awaitRequests(before + 1);
        child.signal("STOP");
    }

    /** The server answers the one that stands still before the other asks, or both at once. */
    private static StoredToken overtake(World world, ChildProcess other, int round, boolean answersFirst)
            throws Exception {
        int before = world.server().tokenRequestCount();
        if (answersFirst) {
            world.server().release();
        }
        other.say("round " + round);
        world.server().awaitRequests(before + 1);
        world.server().release();
        assertThat(other.line()).startsWith("ok ");
        StoredToken newer = world.stored(ALICE);
        assertThat(world.isCurrent(newer)).isTrue();
        return newer;
    }
}
