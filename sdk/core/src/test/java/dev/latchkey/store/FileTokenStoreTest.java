package dev.latchkey.store;

import static dev.latchkey.store.StoreFixtures.ALICE;
import static dev.latchkey.store.StoreFixtures.BOB;
import static dev.latchkey.store.StoreFixtures.bytes;
import static dev.latchkey.store.StoreFixtures.encryption;
import static dev.latchkey.store.StoreFixtures.everything;
import static dev.latchkey.store.StoreFixtures.full;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.internal.time.Time;
import dev.latchkey.testing.FakeTime;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the file store keeps, whom it lets near it, and what it does with files that are not as it left them. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "looks at POSIX permissions and links")
class FileTokenStoreTest {
    private static final Duration LIFE = Duration.ofSeconds(30);

    private @TempDir Path home;
    private Path directory;
    private FileTokenStore store;

    @BeforeEach
    void open() throws Exception {
        directory = home.resolve("tokens");
        store = FileTokenStore.open(directory, encryption());
    }

    @Test
    void load_ofWhatWasWritten_givesEveryField() throws Exception {
        assertThat(store.load(ALICE)).isEmpty();
        assertThat(store.compareAndSet(ALICE, 0, full(1))).isTrue();

        assertThat(everything(store.load(ALICE).orElseThrow())).isEqualTo(everything(full(1)));
        assertThat(everything(
                        FileTokenStore.open(directory, encryption()).load(ALICE).orElseThrow()))
                .isEqualTo(everything(full(1)));
        assertThat(store.load(BOB)).isEmpty();
    }

    @Test
    void compareAndSet_ofAnotherGenerationThanStored_writesNothing() throws Exception {
        assertThat(store.compareAndSet(ALICE, 1, full(2))).isFalse();
        assertThat(store.compareAndSet(ALICE, 0, full(5))).isTrue();

        // F-26: whoever wakes up late finds a higher generation.
        assertThat(store.compareAndSet(ALICE, 0, full(1))).isFalse();
        assertThat(store.compareAndSet(ALICE, 4, full(9))).isFalse();
        assertThat(store.compareAndSet(ALICE, 6, full(9))).isFalse();
        assertThat(store.load(ALICE).orElseThrow().generation()).isEqualTo(5);
        assertThat(store.compareAndSet(ALICE, 5, full(6))).isTrue();
    }

    @Test
    void compareAndSet_ofALowerGeneration_isMisuse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.compareAndSet(ALICE, 5, full(5)))
                .withMessageStartingWith("next: ");
    }

    // V-25
    @Test
    void permissions_ofAllThatIsMade_areTheOwnersAlone() throws Exception {
        store.compareAndSet(ALICE, 0, full(1));
        store.lease(ALICE, "me", LIFE);

        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(files())
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
        assertThat(files().map(FileTokenStoreTest::content)).noneMatch(text -> text.contains("canary"));
        assertThat(files().map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("alice"));
    }

    @Test
    void directory_thatOthersMayUse_isRefused() throws Exception {
        for (String open : new String[] {"rwxr-x---", "rwx---r--", "rwx----w-"}) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(open));

            assertThatThrownBy(() -> FileTokenStore.open(directory, encryption()))
                    .isInstanceOf(TokenStoreException.class)
                    .hasMessageContaining(open)
                    .hasMessageContaining("chmod 700");
        }
    }

    // V-26
    @Test
    void directory_thatIsALinkOrAFile_isRefused() throws Exception {
        Path link = Files.createSymbolicLink(home.resolve("link"), directory);
        Path file = Files.createFile(home.resolve("file"));

        assertThatThrownBy(() -> FileTokenStore.open(link, encryption()))
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("symbolic link");
        assertThatThrownBy(() -> FileTokenStore.open(file, encryption()))
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("no directory");
        assertThatThrownBy(() -> FileTokenStore.open(file.resolve("sub"), encryption()))
                .isInstanceOf(TokenStoreException.class);
    }

    @Test
    void directory_ofAnotherAccount_isRefused() throws Exception {
        assumeTrue(isRoot(), "only root can give a directory away, or use one of somebody else");
        Files.setAttribute(directory, "unix:uid", 12345);

        assertThatThrownBy(() -> FileTokenStore.open(directory, encryption()))
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("it belongs to 12345");
    }

    @Test
    void directory_deeperThanWhatExists_isCreatedForUsAlone() throws Exception {
        FileTokenStore.open(home.resolve("a/b"), encryption());

        assertThat(permissions(home.resolve("a"))).isEqualTo("rwx------");
    }

    // V-25
    @Test
    void load_ofAFileThatOthersMayRead_isRefused() throws Exception {
        store.compareAndSet(ALICE, 0, full(1));
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> store.load(ALICE))
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("rw-r-----")
                .hasMessageContaining(file().toString());
    }

    // V-26
    @Test
    void file_thatIsALink_isNeitherReadNorWrittenThrough() throws Exception {
        store.compareAndSet(ALICE, 0, full(1));
        Path victim = Files.move(file(), home.resolve("victim"));
        byte[] before = Files.readAllBytes(victim);
        Files.createSymbolicLink(file(), victim);

        assertThatThrownBy(() -> store.load(ALICE)).hasMessageContaining("no regular file");
        assertThatThrownBy(() -> store.compareAndSet(ALICE, 1, full(2))).hasMessageContaining("no regular file");
        assertThat(store.compareAndSet(ALICE, 0, full(1))).isTrue();
        assertThat(victim).hasBinaryContent(before);
        assertThat(file()).isRegularFile();
    }

    @Test
    void file_thatIsTooLarge_isRefused() throws Exception {
        store.compareAndSet(ALICE, 0, full(1));
        Files.write(file(), new byte[(1 << 20) + 1]);

        assertThatThrownBy(() -> store.load(ALICE))
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("1048577 bytes");
    }

    @Test
    void file_ofAnotherKeyMovedHere_isRefused() throws Exception {
        store.compareAndSet(ALICE, 0, full(1));
        Files.copy(file(), directory.resolve(BOB.id() + ".token"), StandardCopyOption.COPY_ATTRIBUTES);

        assertThatThrownBy(() -> store.load(BOB)).hasMessageContaining("belongs to another token key");
    }

    // F-29
    @Test
    void file_cutAtEveryLength_isRefused() throws Exception {
        store.compareAndSet(ALICE, 0, full(1));
        try (FileChannel file = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            for (long length = file.size() - 1; length >= 0; length--) {
                file.truncate(length);
                assertRefused();
            }
        }
    }

    // F-29
    @Test
    void file_withOneBitFlipped_isRefused() throws Exception {
        store.compareAndSet(ALICE, 0, full(1));
        byte[] whole = Files.readAllBytes(file());
        Random random = new Random(29);

        try (FileChannel file = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            for (int i = 0; i < 2000; i++) {
                int at = random.nextInt(whole.length);
                put(file, at, whole[at] ^ (1 << random.nextInt(8)));
                assertRefused();
                put(file, at, whole[at]);
            }
        }
        assertThat(store.load(ALICE)).isPresent();
    }

    @Test
    void damagedFile_isInTheWayOfARefresh_butNotOfASignIn() throws Exception {
        for (int i = 1; i <= 12; i++) {
            Files.write(file(), ("damage " + i).getBytes(UTF_8));
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));

            assertThatThrownBy(() -> store.compareAndSet(ALICE, 7, full(8))).isInstanceOf(TokenStoreException.class);
            assertThat(store.compareAndSet(ALICE, 0, full(1))).isTrue();
            assertThat(store.load(ALICE)).isPresent();
        }

        assertThat(directory.resolve(ALICE.id() + ".damaged-1")).hasContent("damage 1");
        assertThat(directory.resolve(ALICE.id() + ".damaged-9")).hasContent("damage 12");
        assertThat(files().filter(file -> file.toString().contains(".damaged-")))
                .hasSize(9);
    }

    @Test
    void remove_ofWhatIsThere_leavesNothing_andOfNothingIsNoFault() throws Exception {
        store.compareAndSet(ALICE, 0, full(1));
        store.compareAndSet(BOB, 0, full(1));

        store.remove(ALICE);
        store.remove(ALICE);

        assertThat(store.load(ALICE)).isEmpty();
        assertThat(file()).doesNotExist();
        assertThat(store.load(BOB)).isPresent();
    }

    @Test
    void remove_ofADamagedFile_keepsItForSomebodyToLookAt() throws Exception {
        store.compareAndSet(ALICE, 0, full(1));
        Files.writeString(file(), "damage");

        store.remove(ALICE);

        assertThat(file()).doesNotExist();
        assertThat(directory.resolve(ALICE.id() + ".damaged-1")).hasContent("damage");
    }

    @Test
    void formerKey_ofTheEncryption_readsOldFiles() throws Exception {
        store.compareAndSet(ALICE, 0, full(1));
        TokenEncryption next = TokenEncryption.of("2027-01", bytes(2));

        assertThatThrownBy(() -> FileTokenStore.open(directory, next).load(ALICE))
                .hasMessageContaining("withFormerKey(\"2026-11\"");
        FileTokenStore both = FileTokenStore.open(directory, next.withFormerKey("2026-11", StoreFixtures.KEY));
        assertThat(both.compareAndSet(ALICE, 1, full(2))).isTrue();
        assertThat(FileTokenStore.open(directory, next).load(ALICE)).isPresent();
    }

    @Test
    void temporaryFiles_leftByTheDead_areRemovedAfterAnHour() throws Exception {
        Path old = Files.createFile(directory.resolve("00000000-0000-0000-0000-000000000001.tmp"));
        Path young = Files.createFile(directory.resolve("00000000-0000-0000-0000-000000000002.tmp"));
        Path foreign = Files.createFile(directory.resolve("notes.tmp"));
        Path alive = Files.createFile(directory.resolve("1-1-00000000-0000-0000-0000-000000000003.alive"));
        FileTime twoHoursAgo = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        Files.setLastModifiedTime(old, twoHoursAgo);
        Files.setLastModifiedTime(foreign, twoHoursAgo);

        FileTokenStore.open(directory, encryption());

        assertThat(old).doesNotExist();
        assertThat(alive).doesNotExist();
        assertThat(young).exists();
        assertThat(foreign).exists();
    }

    // V-26
    @Test
    void temporaryNames_all_differ() {
        assertThat(Stream.generate(StoreFiles::temporaryName).limit(100)).doesNotHaveDuplicates();
    }

    @Test
    void write_all_leavesNoTemporaryFile() throws Exception {
        store.compareAndSet(ALICE, 0, full(1));
        store.lease(ALICE, "me", LIFE);

        assertThat(files().filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
    }

    // F-28
    @Test
    void directory_gone_isARetryableFailure_andItsReturnEndsIt() throws Exception {
        store.compareAndSet(ALICE, 0, full(1));
        store.lease(ALICE, "me", LIFE);
        Path elsewhere = Files.move(directory, home.resolve("elsewhere"));

        assertFails(() -> store.load(ALICE));
        assertFails(() -> store.compareAndSet(ALICE, 1, full(2)));
        assertFails(() -> store.lease(ALICE, "me", LIFE));
        assertFails(() -> store.release(ALICE, "me"));

        Files.move(elsewhere, directory);
        assertThat(store.compareAndSet(ALICE, 1, full(2))).isTrue();
        assertThat(store.lease(ALICE, "other", LIFE)).isFalse();
    }

    @Test
    void directory_emptiedByOthers_worksOn() throws Exception {
        store.compareAndSet(ALICE, 0, full(1));
        store.lease(ALICE, "me", LIFE);
        for (Path file : files().toList()) {
            Files.delete(file);
        }

        assertThat(store.load(ALICE)).isEmpty();
        assertThat(store.lease(ALICE, "other", LIFE)).isTrue();
        assertThat(store.compareAndSet(ALICE, 0, full(1))).isTrue();
        assertThat(files().map(file -> file.getFileName().toString()))
                .contains("lock")
                .anyMatch(name -> name.endsWith(".alive"));
    }

    // F-28
    @Test
    void directory_readOnly_isARetryableFailure_andTheFileStays() throws Exception {
        assumeFalse(isRoot(), "permissions do not apply to root; the full disk is tried in a process of its own");
        store.compareAndSet(ALICE, 0, full(1));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));

        assertFails(() -> store.compareAndSet(ALICE, 1, full(2)));

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        assertThat(store.load(ALICE).orElseThrow().generation()).isEqualTo(1);
        assertThat(store.compareAndSet(ALICE, 1, full(2))).isTrue();
    }

    @Test
    void lease_ofAnother_isRefusedUntilItRunsOut() throws Exception {
        FakeTime time = new FakeTime();
        FileTokenStore timed = timed(time);

        assertThat(timed.lease(ALICE, "me", LIFE)).isTrue();
        assertThat(timed.lease(ALICE, "other", LIFE)).isFalse();
        assertThat(timed.lease(BOB, "other", LIFE)).isTrue();
        time.advance(LIFE.minusMillis(1));
        assertThat(timed.lease(ALICE, "other", LIFE)).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(timed.lease(ALICE, "other", LIFE)).isTrue();
        assertThat(timed.lease(ALICE, "me", LIFE)).isFalse();
    }

    @Test
    void lease_ofOneself_isKeptForLonger() throws Exception {
        FakeTime time = new FakeTime();
        FileTokenStore timed = timed(time);
        timed.lease(ALICE, "me", LIFE);
        time.advance(LIFE.minusMillis(1));

        assertThat(timed.lease(ALICE, "me", LIFE)).isTrue();
        time.advance(LIFE.minusMillis(1));
        assertThat(timed.lease(ALICE, "other", LIFE)).isFalse();
    }

    @Test
    void lease_givenBack_isFree_butOnlyByItsOwner() throws Exception {
        store.lease(ALICE, "me", LIFE);

        store.release(ALICE, "other");
        assertThat(store.lease(ALICE, "other", LIFE)).isFalse();
        store.release(ALICE, "me");
        assertThat(store.lease(ALICE, "other", LIFE)).isTrue();
    }

    // F-21: a clock that was put back far does not make a lease last.
    @Test
    void lease_fromAFarFuture_isFree() throws Exception {
        FakeTime time = new FakeTime();
        timed(time).lease(ALICE, "me", LIFE);
        FakeTime earlier = new FakeTime(time.instant().minus(Duration.ofDays(1)));

        assertThat(timed(earlier).lease(ALICE, "other", LIFE)).isTrue();
    }

    @Test
    void lease_thatIsDamaged_isFree() throws Exception {
        for (String text : new String[] {"", "{}", "{\"owner\":\"x\",\"process\":\"../../x.alive\"}", "\0\0"}) {
            store.lease(ALICE, "me", LIFE);
            Files.writeString(directory.resolve(ALICE.id() + ".lease"), text);

            assertThat(store.lease(ALICE, "other", LIFE)).as(text).isTrue();
            store.release(ALICE, "other");
        }
    }

    @Test
    void lease_withALifeBeyondAllTime_isTaken() throws Exception {
        assertThat(store.lease(ALICE, "me", Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
        assertThat(store.lease(ALICE, "other", LIFE)).isFalse();
    }

    // F-27
    @Test
    void twoStores_inOneJvm_loseNoUpdateAndNoLock() throws Exception {
        FileTokenStore other = FileTokenStore.open(home.resolve("../" + home.getFileName() + "/tokens"), encryption());
        List<FileTokenStore> both = List.of(store, other);
        var threads = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            FileTokenStore mine = both.get(i % 2);
            all.add(threads.submit(() -> {
                StoreCounting.count(mine, ALICE, 10);
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        threads.shutdown();

        assertThat(store.load(ALICE).orElseThrow().generation()).isEqualTo(80);
        assertThat(other.lease(ALICE, "me", LIFE)).isTrue();
        assertThat(store.lease(ALICE, "other", LIFE)).isFalse();
    }

    // F-27: as in a server that gives each application its own copy of the library.
    @Test
    void twoClassLoaders_inOneJvm_loseNoUpdateAndNoLock() throws Exception {
        assertThat(store.lease(BOB, "me", LIFE)).isTrue();
        List<URL> path = new ArrayList<>();
        for (String each : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            path.add(Path.of(each).toUri().toURL());
        }
        try (var loader = new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Method count = loader.loadClass(StoreCounting.class.getName())
                    .getDeclaredMethod("countIn", String.class, int.class);
            count.setAccessible(true);
            var thread = Executors.newSingleThreadExecutor();
            Future<Object> copy = thread.submit(() -> count.invoke(null, directory.toString(), 25));
            StoreCounting.count(store, ALICE, 25);

            assertThat(copy.get()).isEqualTo(true);
            thread.shutdown();
        }

        assertThat(store.load(ALICE).orElseThrow().generation()).isEqualTo(50);
        assertThat(store.lease(ALICE, "other", LIFE)).as("the copy has it").isFalse();
        assertThat(store.lease(BOB, "other", LIFE)).isFalse();
    }

    // F-31
    @Test
    void interruptedCallers_loseNothing_andStayInterrupted() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        List<Boolean> kept = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        Thread caller = new Thread(() -> {
            try {
                for (int i = 0; i < 60; i++) {
                    Thread.currentThread().interrupt();
                    StoreCounting.count(store, ALICE, 1);
                    kept.add(Thread.interrupted());
                }
            } catch (IOException | RuntimeException e) {
                failures.add(e);
            }
            over.set(true);
            done.countDown();
        });
        caller.start();
        int interrupts = 0;
        while (!over.get()) {
            caller.interrupt();
            interrupts++;
            store.load(ALICE);
        }
        done.await();

        assertThat(failures).isEmpty();
        assertThat(kept).hasSize(60).doesNotContain(false);
        assertThat(interrupts).isGreaterThan(60);
        assertThat(store.load(ALICE).orElseThrow().generation()).isEqualTo(60);
    }

    @Test
    void fileSystem_withoutPosix_works() throws Exception {
        Path plain = Files.createDirectory(home.resolve("plain"));
        FileTokenStore there = FileTokenStore.open(plain, encryption(), Permissions.none(), Time.system());

        assertThat(there.compareAndSet(ALICE, 0, full(1))).isTrue();
        assertThat(there.load(ALICE)).isPresent();
        assertThat(there.lease(ALICE, "me", LIFE)).isTrue();
    }

    @Test
    void toString_ofAStore_namesTheDirectory() throws Exception {
        assertThat(store).hasToString("FileTokenStore[" + directory.toRealPath() + "]");
    }

    private FileTokenStore timed(FakeTime time) throws TokenStoreException {
        return FileTokenStore.open(
                directory,
                encryption(),
                Permissions.of(directory),
                Time.system().withClock(time));
    }

    private void assertRefused() {
        Throwable thrown = catchThrowable(() -> store.load(ALICE));

        assertThat(thrown)
                .isInstanceOfSatisfying(
                        TokenStoreException.class,
                        e -> assertThat(e.isRetryable()).isFalse());
        assertThat(thrown.getMessage()).doesNotContain("canary");
    }

    private static void assertFails(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TokenStoreException.class,
                        e -> assertThat(e.isRetryable()).isTrue());
    }

    private static void put(FileChannel file, int at, int octet) throws IOException {
        file.write(ByteBuffer.wrap(new byte[] {(byte) octet}), at);
    }

    private Path file() {
        return directory.resolve(ALICE.id() + ".token");
    }

    private Stream<Path> files() throws IOException {
        return StoreFiles.list(directory, "*").stream();
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    }

    private boolean isRoot() throws IOException {
        return Files.getAttribute(home, "unix:uid").equals(0);
    }
}
