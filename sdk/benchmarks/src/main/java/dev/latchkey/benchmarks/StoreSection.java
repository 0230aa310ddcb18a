package dev.latchkey.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import dev.latchkey.benchmarks.peer.StubEndpoint;
import dev.latchkey.jdbc.JdbcTokenStore;
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
    private static final int WARMUPS = 40;

    @Override
    public void run(Measuring measuring) throws Exception {
        Table table = new Table(
                "clients that share a user's token, endpoint " + DELAY.toMillis() + " ms",
                "requests a rotation",
                "first has it after ms",
                "beyond the endpoint",
                "last has it after ms");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            for (int clients : new int[] {1, 8, 64}) {
                row(table, postgres, clients, 2 * measuring.rounds());
            }
        }
        table.print();
    }

    private static void row(Table table, EmbeddedPostgres postgres, int clients, int rotations) throws Exception {
        List<Double> requests = new ArrayList<>();
        List<Double> first = new ArrayList<>();
        List<Double> last = new ArrayList<>();
        SetClock clock = new SetClock();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try (StubEndpoint endpoint = StubEndpoint.start(DELAY);
                HikariDataSource pool = pool(postgres)) {
            endpoint.behave(new StubEndpoint.Behaviour(200, DELAY, Duration.ofMinutes(5)));
            TokenStore store = JdbcTokenStore.builder(pool)
                    .encryption(TokenEncryption.ofBase64("benchmark", key()))
                    .tableName("tokens_" + clients)
                    .createSchema()
                    .build();
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
        table.row(
                "%d".formatted(clients),
                "%.0f to %.0f".formatted(Measuring.least(requests), Measuring.most(requests)),
                Measuring.median(first),
                Measuring.median(first) - DELAY.toMillis(),
                Measuring.median(last));
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

    /** How long each of them waits for a token, in milliseconds. */
    private static List<Double> all(ExecutorService threads, List<TokenSource> sources) throws Exception {
        List<Callable<Double>> wants = new ArrayList<>();
        for (TokenSource source : sources) {
            wants.add(() -> {
                long start = System.nanoTime();
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
