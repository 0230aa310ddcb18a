package dev.latchkey.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.chaos.Places.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
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

/** Many processes of many threads on the token of one user: each expiry costs one request (F-24). */
@Tag("chaos")
@ExtendWith(ChaosExtension.class)
@Timeout(value = 25, unit = TimeUnit.MINUTES)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the machine that kills is a POSIX one")
class ProcessesChaosTest {
    private static final String ALICE = "alice";
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** Nobody dies here, so that nobody's lease need be short. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final Duration SHORT = Duration.ofSeconds(2);

    private final List<ChildProcess> children = new CopyOnWriteArrayList<>();
    private @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void processes_atEachExpiry_sendOneRequestTogether(Kind kind, Chaos chaos) throws Exception {
        int rounds = chaos.length(800, 20);
        try (World world = new World(chaos, kind.fresh(folder), Duration.ZERO)) {
            start(chaos, world, LONG);
            for (int round = 1; round <= rounds; round++) {
                TreeSet<String> said = new TreeSet<>();
                for (ChildProcess child : children) {
                    child.say("round " + round);
                }
                for (ChildProcess child : children) {
                    said.add(child.line());
                }
                assertThat(said).hasSize(1).allSatisfy(line -> assertThat(line).startsWith("ok "));
            }
            int requests = world.server().tokenRequestCount();
            chaos.figures().rotations.addAndGet(rounds);
            chaos.figures().extraRequests.addAndGet(requests - rounds);
            chaos.figures().revokedFamilies.addAndGet(world.server().killedFamilyCount());
            assertThat(requests).isEqualTo(rounds);
            assertThat(world.server().killedFamilyCount()).isZero();
            assertThat(world.server().violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void processes_killedOneASecond_keepTheSession(Kind kind, Chaos chaos) throws Exception {
        int kills = chaos.length(30, 2);
        AtomicInteger killed = new AtomicInteger();
        try (World world = new World(chaos, kind.fresh(folder), GRACE)) {
            start(chaos, world, SHORT);
            ChildProcess spare = child(chaos, world, SHORT);
            Future<?> killing = chaos.timer()
                    .scheduleAtFixedRate(() -> killOne(chaos, killed, kills), 1000, 1000, TimeUnit.MILLISECONDS);
            List<String> failures = new ArrayList<>();
            for (int round = 1; killed.get() < kills; round++) {
                for (ChildProcess child : children) {
                    child.say("round " + round);
                }
                for (int i = 0; i < children.size(); i++) {
                    String said = children.get(i).line();
                    if (said.equals(ChildProcess.ENDED)) {
                        children.set(i, spare.ready());
                        spare = child(chaos, world, SHORT);
                        said = children.get(i).ask("round " + round);
                    }
                    if (!said.startsWith("ok ") && !said.equals(ChildProcess.ENDED)) {
                        failures.add(said);
                    }
                }
            }
            killing.cancel(false);
            int families = world.server().killedFamilyCount();
            chaos.figures().kills.addAndGet(kills);
            chaos.figures().lost.addAndGet(failures.size());
            chaos.figures().revokedFamilies.addAndGet(families);
            assertThat(families).isZero();
            assertThat(failures).isEmpty();
            assertThat(world.isCurrent(world.stored(ALICE))
                            || world.stored(ALICE).attemptStartedAt().isPresent())
                    .isTrue();
        }
    }

    private void start(Chaos chaos, World world, Duration requestTimeout) throws Exception {
        world.signIn(ALICE);
        for (int i = 0; i < chaos.length(8, 2); i++) {
            children.add(child(chaos, world, requestTimeout));
        }
        for (ChildProcess child : children) {
            child.ready();
        }
    }

    private static ChildProcess child(Chaos chaos, World world, Duration requestTimeout) throws Exception {
        return world.child(ALICE, requestTimeout, chaos.length(8, 4));
    }

    private void killOne(Chaos chaos, AtomicInteger killed, int kills) {
        try {
            if (killed.get() < kills) {
                children.get(chaos.below(children.size())).kill();
                killed.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
