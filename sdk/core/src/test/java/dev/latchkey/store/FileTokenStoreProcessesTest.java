package dev.latchkey.store;

import static dev.latchkey.store.StoreFixtures.ALICE;
import static dev.latchkey.store.StoreFixtures.encryption;
import static dev.latchkey.store.StoreFixtures.full;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Several JVMs on one directory: they lose no update, and no lease to the dead. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "sends signals and sets limits with a POSIX shell")
class FileTokenStoreProcessesTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final List<Process> children = new ArrayList<>();
    private @TempDir Path home;
    private Path directory;
    private FileTokenStore store;

    @BeforeEach
    void open() throws Exception {
        directory = home.resolve("tokens");
        store = FileTokenStore.open(directory, encryption());
    }

    @AfterEach
    void end() throws Exception {
        for (Process child : children) {
            child.destroyForcibly();
            child.waitFor();
        }
    }

    // F-24, F-27
    @Test
    void processesAndThreads_countingOnOneKey_loseNothing() throws Exception {
        List<Process> counting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            counting.add(child("", "count", directory.toString(), "4", "25"));
        }
        for (Process each : counting) {
            assertThat(line(each)).isEqualTo("COUNTED");
            assertThat(each.waitFor(10, TimeUnit.SECONDS))
                    .as("ends though nothing was closed")
                    .isTrue();
            assertThat(each.exitValue()).isZero();
        }

        assertThat(store.load(ALICE).orElseThrow().generation()).isEqualTo(400);
        assertThat(StoreFiles.list(directory, "*.tmp")).isEmpty();
    }

    // F-25
    @Test
    void holder_killed_isFollowedWithinTwoSeconds() throws Exception {
        Process holder = child("", "hold", directory.toString(), "holder", Long.toString(LONG.toMillis()));
        assertThat(line(holder)).isEqualTo("HELD");
        assertThat(store.lease(ALICE, "other", LONG)).isFalse();
        assertThat(store.lease(ALICE, "other", LONG))
                .as("looking does not take its life")
                .isFalse();

        holder.destroyForcibly();
        holder.waitFor();

        assertThat(waitedForLease(LONG)).isLessThan(Duration.ofSeconds(2));
        assertThat(StoreFiles.list(directory, "*.alive"))
                .as("the file of the dead is gone")
                .hasSize(1);
    }

    // F-26
    @Test
    void holder_stopped_keepsItsLeaseUntilItRunsOut_andIsOvertaken() throws Exception {
        store.compareAndSet(ALICE, 0, full(1));
        Process holder = child("", "hold", directory.toString(), "holder", "2500");
        assertThat(line(holder)).isEqualTo("HELD");
        signal("STOP", holder);
        String lease = Files.readString(directory.resolve(ALICE.id() + ".lease"));
        long until = Long.parseLong(lease.replaceAll(".*\"until\":\"([0-9]+)\".*", "$1"));

        waitedForLease(LONG);

        assertThat(System.currentTimeMillis()).isBetween(until, until + 4000);
        signal("CONT", holder);
    }

    // F-23, F-29
    @Test
    void writer_killedInTheMiddle_leavesWhatItWroteLastOrTheOneAfter() throws Exception {
        for (int round = 0; round < 3; round++) {
            Process writer = child("", "write", directory.toString());
            BufferedReader said = writer.inputReader();
            String last = "";
            for (int i = 0; i < 5 + 7 * round; i++) {
                last = said.readLine();
            }
            signal("KILL", writer);
            writer.waitFor();
            for (String line = said.readLine(); line != null && line.startsWith("AT "); line = said.readLine()) {
                last = line;
            }

            long written = Long.parseLong(last.substring(3));
            long found = store.load(ALICE).orElseThrow().generation();
            assertThat(found).isBetween(written, written + 1);
            assertThat(store.compareAndSet(ALICE, found, full(found + 1))).isTrue();
        }
    }

    // F-28: a limit of the shell on the size of files is the full disk that also root can have.
    @Test
    void disk_full_isARetryableFailure_andTheOldFileStays() throws Exception {
        store.compareAndSet(ALICE, 0, full(7));

        Process writer = child("ulimit -f 0; ", "fill", directory.toString());

        assertThat(line(writer)).startsWith("RETRYABLE 7 ");
        assertThat(store.load(ALICE).orElseThrow().generation()).isEqualTo(7);
        assertThat(StoreFiles.list(directory, "*.tmp")).isEmpty();
    }

    // F-25, F-28
    @Test
    void disk_full_leasesAreTakenAllTheSame_andFallWithTheirProcess() throws Exception {
        Process holder = child("ulimit -f 0; ", "lease", directory.toString());
        assertThat(line(holder)).isEqualTo("LEASED");
        assertThat(directory.resolve(ALICE.id() + ".lease")).doesNotExist();
        assertThat(store.lease(ALICE, "other", LONG)).as("while it is held").isFalse();

        next(holder);
        assertThat(line(holder)).isEqualTo("RELEASED");
        assertThat(store.lease(ALICE, "other", LONG)).as("given back").isTrue();
        next(holder);
        assertThat(line(holder)).isEqualTo("REFUSED");
        store.release(ALICE, "other");
        next(holder);
        assertThat(line(holder)).isEqualTo("RELEASED");
        next(holder);
        assertThat(line(holder)).isEqualTo("LEASED");

        holder.destroyForcibly();
        holder.waitFor();

        assertThat(store.lease(ALICE, "other", LONG)).as("its holder is dead").isTrue();
    }

    private static void next(Process process) throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    // V-25
    @Test
    void umask_thatGivesAwayEverything_givesAwayNothing() throws Exception {
        Path mine = home.resolve("open/tokens");

        assertThat(line(child("umask 0; ", "count", mine.toString(), "1", "1"))).isEqualTo("COUNTED");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(mine)))
                .isEqualTo("rwx------");
        for (Path file : StoreFiles.list(mine, "*")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(file.toString())
                    .isEqualTo("rw-------");
        }
    }

    private Duration waitedForLease(Duration life) throws Exception {
        long start = System.nanoTime();
        CountDownLatch never = new CountDownLatch(1);
        while (!store.lease(ALICE, "other", life)) {
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(20));
            assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static String line(Process process) throws IOException {
        return process.inputReader().readLine();
    }

    /** Through a shell that sets a limit first and then becomes the JVM. */
    private Process child(String before, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                before + "exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                StoreChild.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        children.add(process);
        return process;
    }
}
