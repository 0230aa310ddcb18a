package dev.latchkey.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.store.FileTokenStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The disk of {@link FileTokenStore} is full for a while (F-28). */
@Tag("chaos")
@ExtendWith(ChaosExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@EnabledOnOs(value = OS.LINUX, disabledReason = "mounts a tmpfs")
class DiskChaosTest {
    private static final String ALICE = "alice";
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private @TempDir Path folder;
    private boolean mounted;

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", "-l", folder.toString())).isZero();
        }
    }

    @Test
    void disk_fullInTheMiddle_isFeltByNobody(Chaos chaos) throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs", folder.toString()) == 0;
        assumeTrue(mounted, "this account may not mount a small disk to fill; CI, as root, may");
        try (World world = new World(chaos, folder.resolve("tokens").toString(), Duration.ZERO)) {
            world.signIn(ALICE);
            ChildProcess child = world.child(ALICE, REQUEST_TIMEOUT, 4).ready();
            ChildProcess sibling = world.child(ALICE, REQUEST_TIMEOUT, 1).ready();
            int round = 1;
            for (int outage = 1; outage <= chaos.length(10, 1); outage++) {
                assertThat(child.ask("round " + round++)).startsWith("ok ");
                fillBeforeTheAnswer(world, child, round);
                // It can read the disk, which has the spent token.
                sibling.say("round " + round);
                for (int i = 0; i < 20; i++) {
                    assertThat(child.ask("live " + round)).as("a live token").startsWith("ok ");
                }
                for (int i = 0; i < 5; i++) {
                    round++;
                    assertThat(child.ask("round " + round))
                            .as("an expired token")
                            .startsWith("ok ");
                }
                assertThat(child.ask("events")).isEqualTo("events " + outage);
                Files.delete(ballast());
                Chaos.await("the last token is durable", PATIENCE, () -> {
                    String[] stored = child.ask("stored").split(" ", -1);
                    return world.server().isActive(stored[1]) && stored[2].equals("false");
                });
                assertThat(child.ask("events")).isEqualTo("events " + outage);
                assertThat(sibling.line()).startsWith("ok ");
                round++;
            }
            assertThat(world.server().killedFamilyCount()).isZero();
        }
    }

    private void fillBeforeTheAnswer(World world, ChildProcess child, int round) throws Exception {
        int before = world.server().tokenRequestCount();
        world.server().hold();
        child.say("round " + round);
        world.server().awaitRequests(before + 1);
        fill();
        world.server().release();
        assertThat(child.line()).as("the answer that could not be written").startsWith("ok ");
        // The room of the lease that was given back.
        fill();
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    private void fill() {
        byte[] some = new byte[512];
        try (OutputStream out =
                Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(some);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
