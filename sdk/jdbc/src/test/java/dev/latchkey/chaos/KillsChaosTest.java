package dev.latchkey.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.chaos.Places.Kind;
import dev.latchkey.error.TokenStoreException;
import dev.latchkey.store.StoredToken;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes die at any instant of a rotation; others go on with what they left behind (F-23, F-25). */
@Tag("chaos")
@ExtendWith(ChaosExtension.class)
@Timeout(value = 25, unit = TimeUnit.MINUTES)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the machine that kills is a POSIX one")
class KillsChaosTest {
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** The default. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    /** Rotations before the kill, to know how long one takes. */
    private static final int WARM = 3;

    private final AtomicInteger midway = new AtomicInteger();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void kill_serverGivesGrace_losesNobody(Kind kind, Chaos chaos) throws Exception {
        try (World world = new World(chaos, kind.fresh(folder), GRACE)) {
            lanes(chaos, world, chaos.length(250, 3), true);
            chaos.figures().revokedFamilies.addAndGet(world.server().killedFamilyCount());
            assertThat(world.server().killedFamilyCount()).isZero();
        }
        Console.line(kind + " with grace: " + midway + " of the kills in the middle of a rotation");
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void kill_serverGivesNoGrace_eachLossIsInDoubt(Kind kind, Chaos chaos) throws Exception {
        try (World world = new World(chaos, kind.fresh(folder), Duration.ZERO)) {
            lanes(chaos, world, chaos.length(25, 2), false);
        }
        Console.line(kind + " without grace: " + midway + " of the kills in the middle of a rotation");
        assertThat(faults).isEmpty();
    }

    /** Several users at once, each with a line of processes of which one takes over from the other. */
    private void lanes(Chaos chaos, World world, int kills, boolean grace) throws Exception {
        int lanes = Math.min(kills, chaos.length(5, 3));
        ExecutorService threads = Executors.newFixedThreadPool(lanes);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < lanes; i++) {
                int share = (kills + i) / lanes;
                all.add(threads.submit(new Lane(chaos, world, "user-" + i, share, grace)));
            }
            for (Future<Void> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** One user. */
    private final class Lane implements Callable<Void> {
        private final Chaos chaos;
        private final World world;
        private final String userId;
        private final int kills;
        private final boolean grace;
        private int round = 1;
        /** Whether the last one was killed with a request begun whose outcome is not stored. */
        private boolean begun;

        Lane(Chaos chaos, World world, String userId, int kills, boolean grace) {
            this.chaos = chaos;
            this.world = world;
            this.userId = userId;
            this.kills = kills;
            this.grace = grace;
        }

        private ChildProcess child() throws Exception {
            return world.child(userId, REQUEST_TIMEOUT, 1);
        }

        @Override
        public Void call() throws Exception {
            world.signIn(userId);
            ChildProcess present = child().ready();
            goOn(present);
            for (int i = 0; i < kills; i++) {
                // Before the kill: starting a process can take longer than the grace.
                ChildProcess next = child().ready();
                present.say("loop " + round);
                chaos.within(someRotations(present), present::kill);
                chaos.figures().kills.incrementAndGet();
                round += present.rest().size() + 2;
                look();
                goOn(next);
                present = next;
            }
            present.kill();
            return null;
        }

        /** Longer than one rotation takes now, on this machine. */
        private Duration someRotations(ChildProcess child) throws Exception {
            long before = System.nanoTime();
            for (int i = 0; i < WARM; i++) {
                assertThat(child.line()).startsWith("ok");
                round++;
            }
            return Duration.ofNanos(System.nanoTime() - before);
        }

        /** What the last one left behind. */
        private void look() {
            try {
                StoredToken left = world.stored(userId);
                begun = left.attemptStartedAt().isPresent();
                midway.addAndGet(begun ? 1 : 0);
            } catch (TokenStoreException e) {
                chaos.figures().corrupt.incrementAndGet();
                faults.add(String.valueOf(e));
            }
        }

        private void goOn(ChildProcess child) throws Exception {
            String said = child.ask("round " + round);
            round++;
            if (said.startsWith("ok")) {
                return;
            }
            if (!grace && begun && said.endsWith(" IN_DOUBT")) {
                chaos.figures().inDoubt.incrementAndGet();
            } else {
                chaos.figures().lost.incrementAndGet();
                faults.add(userId + ": " + said + (begun ? ", a request had begun" : ", no request had begun"));
            }
            world.signIn(userId);
            assertThat(child.ask("round " + round)).startsWith("ok");
            round++;
        }
    }
}
