package dev.latchkey.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import dev.latchkey.chaos.Places.Kind;
import dev.latchkey.error.OAuthException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers are interrupted at any instant of a rotation that they wait for (F-31). */
@Tag("chaos")
@ExtendWith(ChaosExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class InterruptsChaosTest {
    private static final String ALICE = "alice";
    private static final int CALLERS = 8;
    private static final Duration BETWEEN = Duration.ofMillis(30);

    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger felt = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void callers_interruptedAgainAndAgain_loseNothing(Kind kind, Chaos chaos) throws Exception {
        int interrupts = chaos.length(1000, 100);
        try (World world = new World(chaos, kind.fresh(folder), Duration.ZERO);
                TokenManager tokens = manager(world);
                TokenManager other = manager(world)) {
            world.signIn(ALICE);
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                Thread caller = new Thread(() -> call(tokens.user(ALICE)), "caller-" + i);
                callers.add(caller);
                caller.start();
            }
            for (int i = 0; i < interrupts; i++) {
                chaos.within(BETWEEN, () -> {
                    callers.get(chaos.below(CALLERS)).interrupt();
                    return null;
                });
            }
            over.set(true);
            for (Thread caller : callers) {
                caller.join(TimeUnit.SECONDS.toMillis(30));
                assertThat(caller.isAlive()).as("a caller waits for ever").isFalse();
            }
            assertThat(faults).isEmpty();
            assertThat(felt).as("waits that were interrupted").hasPositiveValue();
            rounds.incrementAndGet();
            assertThat(world.server().isActive(other.user(ALICE).token().value()))
                    .as("a token for somebody else: no lease and no lock was left behind")
                    .isTrue();
            assertThat(world.isCurrent(world.stored(ALICE))).isTrue();
            int families = world.server().killedFamilyCount();
            chaos.figures().revokedFamilies.addAndGet(families);
            assertThat(families).isZero();
            Console.line(kind + ": " + interrupts + " interrupts, " + felt + " of them in a wait, "
                    + world.server().tokenRequestCount() + " rotations");
        }
    }

    private TokenManager manager(World world) throws Exception {
        InstantSource clock = () -> InstantSource.system().instant().plus(ahead());
        return World.manager(world.server().tokenEndpoint(), world.store())
                .clock(clock)
                .ticker(() -> System.nanoTime() + ahead().toNanos())
                .build();
    }

    private Duration ahead() {
        return World.LIFE.multipliedBy(rounds.get());
    }

    /** Each token that is served ends the round, so that the next is to be waited for. */
    private void call(TokenSource user) {
        while (!over.get()) {
            try {
                user.token();
                rounds.incrementAndGet();
            } catch (OAuthException e) {
                if (Thread.interrupted()) {
                    felt.incrementAndGet();
                } else {
                    faults.add(String.valueOf(e));
                }
            }
        }
    }
}
