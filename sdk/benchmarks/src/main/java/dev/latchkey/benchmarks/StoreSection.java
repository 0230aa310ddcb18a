package dev.latchkey.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import dev.latchkey.benchmarks.peer.StubEndpoint;
import dev.latchkey.jdbc.JdbcTokenStore;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenEncryption;
import dev.latchkey.store.TokenStore;
import dev.latchkey.token.RefreshToken;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Managers, as if each were a process of its own, share the tokens of a user through one PostgreSQL. */
final class StoreSection implements Section {
    private static final Duration DELAY = Duration.ofMillis(50);
    private static final String USER = "42";
    /** So many that what is measured is compiled code. */
    private static final int WARMUPS = 100;

    /** What a rotation came to, in medians. */
    private record Rotations(List<Double> requests, double firstMillis, double lastMillis) {}

    @Override
    public void run(Measuring measuring) throws Exception {
        int rotations = 6 * measuring.rounds();
        Table table = new Table(
                "clients that share a user's token, endpoint " + DELAY.toMillis() + " ms",
                "requests a rotation",
                "first has it after ms",
                "beyond a store in memory",
                "last has it after ms");
        Rotations inMemory = rotations(MemoryTokenStore.create(), 1, rotations);
        row(table, "1, store in memory", inMemory, inMemory);
        // As a database is set up by itself: a commit waits for the disk.
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("fsync", "on")
                        .start();
                HikariDataSource pool = pool(postgres)) {
            for (int clients : new int[] {1, 8, 64}) {
                TokenStore store = JdbcTokenStore.builder(pool)
                        .encryption(TokenEncryption.ofBase64("benchmark", key()))
                        .tableName("tokens_" + clients)
                        .createSchema()
                        .build();
                row(table, "%d".formatted(clients), rotations(store, clients, rotations), inMemory);
                double bare = new BareRotation(pool, "bare_" + clients, DELAY).millis(clients, WARMUPS, rotations);
                table.row(
                        "%d, the limit: its statements by hand".formatted(clients),
                        "",
                        bare,
                        bare - DELAY.toMillis(),
                        "");
            }
        }
        table.print();
    }

    private static void row(Table table, String name, Rotations reached, Rotations inMemory) {
        table.row(
                name,
                "%.0f to %.0f".formatted(Measuring.least(reached.requests), Measuring.most(reached.requests)),
                reached.firstMillis,
                reached.firstMillis - inMemory.firstMillis,
                reached.lastMillis);
    }

    private static Rotations rotations(TokenStore store, int clients, int rotations) throws Exception {
        List<Double> requests = new ArrayList<>();
        List<Double> first = new ArrayList<>();
        List<Double> last = new ArrayList<>();
        SetClock clock = new SetClock();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try (StubEndpoint endpoint = StubEndpoint.start(DELAY)) {
            endpoint.behave(new StubEndpoint.Behaviour(200, DELAY, Duration.ofMinutes(5)));
            List<TokenSource> sources = sources(endpoint, store, clock, clients);
            for (int rotation = -WARMUPS; rotation < rotations; rotation++) {
                int before = endpoint.requests();
                List<Double> waits = all(threads, sources);
                if (rotation >= 0) {
                    requests.add((double) (endpoint.requests() - before));
                    first.add(Measuring.least(waits));
                    last.add(Measuring.most(waits));
                }
                clock.advance(Duration.ofMinutes(6));
            }
        } finally {
            threads.shutdownNow();
        }
        return new Rotations(requests, Measuring.median(first), Measuring.median(last));
    }

    private static List<TokenSource> sources(StubEndpoint endpoint, TokenStore store, SetClock clock, int clients) {
        List<TokenSource> sources = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            TokenManager tokens = TokenManager.builder(endpoint.uri().toString())
                    .clientId("client")
                    .clientSecret("secret")
                    .store(store)
                    .clock(clock)
                    .build();
            if (i == 0) {
                tokens.adopt(USER, RefreshToken.of("r0"));
            }
            sources.add(tokens.user(USER));
        }
        return sources;
    }

    /** When each of them has a token, in milliseconds from the first to ask. */
    private static List<Double> all(ExecutorService threads, List<TokenSource> sources) throws Exception {
        List<Callable<Double>> wants = new ArrayList<>();
        long start = System.nanoTime();
        for (TokenSource source : sources) {
            wants.add(() -> {
                source.token();
                return (System.nanoTime() - start) / 1e6;
            });
        }
        List<Double> waits = new ArrayList<>();
        for (Future<Double> wait : threads.invokeAll(wants)) {
            waits.add(wait.get());
        }
        return waits;
    }

    private static HikariDataSource pool(EmbeddedPostgres postgres) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(postgres.getPostgresDatabase());
        config.setMaximumPoolSize(16);
        return new HikariDataSource(config);
    }

    private static String key() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
