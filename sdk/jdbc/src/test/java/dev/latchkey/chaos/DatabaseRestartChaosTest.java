package dev.latchkey.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import dev.latchkey.event.TokenStoreFailed;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenStore;
import dev.latchkey.token.RefreshToken;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The database goes and comes while the tokens of four users are renewed ahead of their end (F-28, F-30). */
@Tag("chaos")
@ExtendWith(ChaosExtension.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class DatabaseRestartChaosTest {
    private static final int USERS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    private final AtomicInteger outages = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicReferenceArray<String> served = new AtomicReferenceArray<>(USERS);
    private final AtomicInteger steps = new AtomicInteger();
    private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(USERS + 1);
    private volatile Duration ahead = Duration.ZERO;
    private @TempDir Path folder;

    @BeforeEach
    void quieten() {
        DRIVER.setLevel(Level.OFF);
    }

    @AfterEach
    void end() {
        callers.shutdownNow();
        DRIVER.setLevel(null);
    }

    @Test
    void restarts_whileTokensAreRenewed_areFeltByNobody(Chaos chaos) throws Exception {
        EmbeddedPostgres database = start(0);
        int port = database.getPort();
        String place = database.getJdbcUrl("postgres", "postgres") + " tokens";
        try (World world = new World(chaos, "", Duration.ZERO)) {
            TokenStore store = Places.open(place, chaos.encryptionKey());
            TokenManager tokens = manager(world, store);
            for (int i = 0; i < USERS; i++) {
                String refreshToken = world.server().issueRefreshToken(World.CLIENT_ID);
                call(i, tokens.adopt(userId(i), RefreshToken.of(refreshToken)));
            }
            keepExpiring();
            for (int restart = 1; restart <= chaos.length(200, 1); restart++) {
                awaitSteps(5);
                chaos.within(Duration.ofMillis(50), () -> null);
                database.close();
                int told = restart;
                Chaos.await("the event of the outage", PATIENCE, () -> outages.get() >= told);
                database = start(port);
                awaitSteps(5);
                assertThat(outages).as("events, one for each outage").hasValue(restart);
                assertThat(failures).isEmpty();
            }
            callers.shutdown();
            assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < USERS; i++) {
                var key = World.keyOf(world.server().tokenEndpoint(), userId(i));
                Chaos.await("the last token is durable", PATIENCE, () -> {
                    StoredToken stored = store.load(key).orElseThrow();
                    return world.isCurrent(stored) && stored.attemptStartedAt().isEmpty();
                });
            }
            tokens.close();
            assertThat(world.server().killedFamilyCount()).isZero();
        } finally {
            database.close();
        }
    }

    private static String userId(int number) {
        return "user-" + number;
    }

    private TokenManager manager(World world, TokenStore store) {
        InstantSource clock = () -> InstantSource.system().instant().plus(ahead);
        return World.manager(world.server().tokenEndpoint(), store)
                .clock(clock)
                .ticker(() -> System.nanoTime() + ahead.toNanos())
                .eventListener(event -> {
                    if (event instanceof TokenStoreFailed) {
                        outages.incrementAndGet();
                    }
                })
                .build();
    }

    /** One thread for each user asks for a token again and again, and must always get one. */
    private void call(int user, TokenSource source) {
        callers.scheduleWithFixedDelay(
                () -> {
                    try {
                        served.set(user, source.token().value());
                    } catch (IOException | RuntimeException e) {
                        failures.add(e);
                    }
                },
                0,
                2,
                TimeUnit.MILLISECONDS);
    }

    /** As soon as all have a new token, it is time to renew it: never later, so that none expires. */
    private void keepExpiring() {
        List<String> before = new ArrayList<>(List.of("", "", "", ""));
        callers.scheduleWithFixedDelay(
                () -> {
                    for (int i = 0; i < USERS; i++) {
                        String now = served.get(i);
                        if (now == null || now.equals(before.get(i))) {
                            return;
                        }
                    }
                    for (int i = 0; i < USERS; i++) {
                        before.set(i, served.get(i));
                    }
                    ahead = ahead.plus(World.LIFE.multipliedBy(17).dividedBy(20));
                    steps.incrementAndGet();
                },
                0,
                2,
                TimeUnit.MILLISECONDS);
    }

    private void awaitSteps(int count) throws Exception {
        int goal = steps.get() + count;
        Chaos.await("rotations go on", PATIENCE, () -> steps.get() >= goal);
    }

    private EmbeddedPostgres start(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("synchronous_commit", "on");
        return port == 0 ? builder.start() : builder.setPort(port).start();
    }
}
