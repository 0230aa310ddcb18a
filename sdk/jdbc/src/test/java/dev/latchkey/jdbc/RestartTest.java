package dev.latchkey.jdbc;

import static dev.latchkey.jdbc.Fixtures.ALICE;
import static dev.latchkey.jdbc.Fixtures.storeOn;
import static dev.latchkey.jdbc.Fixtures.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away in the middle of the work and comes back: nothing that was written is lost (F-30). */
@Timeout(120)
class RestartTest {
    private static final int RESTARTS = 2;
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    private final AtomicLong written = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Set<String> failures = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void driver_ofDeadServers_isQuiet() {
        DRIVER.setLevel(Level.OFF);
    }

    @AfterAll
    static void driver_afterwards_isAsBefore() {
        DRIVER.setLevel(null);
    }

    @Test
    void restarts_whileTokensAreWritten_loseNoneThatWasConfirmed(@TempDir Path folder) throws Exception {
        EmbeddedPostgres server = start(folder, 0);
        int port = server.getPort();
        SmallPool pool = new SmallPool(server.getPostgresDatabase()::getConnection);
        TokenStore store = storeOn(pool, "tokens").createSchema().build();
        store.compareAndSet(ALICE, 0, token(1));
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            Future<Boolean> one = executor.submit(writer(store));
            Future<Boolean> two = executor.submit(writer(store));
            for (int i = 0; i < RESTARTS; i++) {
                awaitWrites(20);
                if (i % 2 == 1) {
                    crash(folder);
                }
                server.close();
                awaitFailure();
                server = start(folder, port);
            }
            awaitWrites(20);
            over.set(true);
            assertThat(one.get()).isTrue();
            assertThat(two.get()).isTrue();
        } finally {
            over.set(true);
            executor.shutdown();
            server.close();
        }
        assertThat(pool.connectionsOut()).isZero();
    }

    /** Writes on and on. What is read is never older than what anybody had confirmed before. */
    private Callable<Boolean> writer(TokenStore store) {
        return () -> {
            while (!over.get()) {
                try {
                    long confirmed = written.get();
                    StoredToken present = store.load(ALICE).orElseThrow();
                    assertThat(present.generation()).isGreaterThanOrEqualTo(confirmed);
                    long next = present.generation() + 1;
                    if (store.compareAndSet(ALICE, present.generation(), token(next))) {
                        written.accumulateAndGet(next, Math::max);
                    }
                } catch (TokenStoreException e) {
                    assertThat(e.isRetryable()).as(e.getMessage()).isTrue();
                    failures.add(e.getMessage());
                }
            }
            return true;
        };
    }

    private void awaitWrites(int count) {
        long goal = written.get() + count;
        while (written.get() < goal) {
            Thread.onSpinWait();
        }
        failures.clear();
    }

    private void awaitFailure() {
        while (failures.isEmpty()) {
            Thread.onSpinWait();
        }
    }

    /** An immediate end without a checkpoint: the next start recovers from the log. */
    private static void crash(Path folder) throws Exception {
        String pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0);
        assertThat(new ProcessBuilder("kill", "-QUIT", pid).start().waitFor()).isZero();
    }

    private static EmbeddedPostgres start(Path folder, int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("synchronous_commit", "on");
        return port == 0 ? builder.start() : builder.setPort(port).start();
    }
}
