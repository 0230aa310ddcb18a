package dev.latchkey.benchmarks;

import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import dev.latchkey.token.TokenResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The live token of one user among many, each time of another one, so that no cache of the processor helps. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UsersBenchmark {
    static final int USERS = 100_000;

    private final TokenSource[] sources = new TokenSource[USERS];
    private final Holder[] holders = new Holder[USERS];
    private final String[] ids = new String[USERS];
    private final int[] order = new int[1 << 16];
    private TokenManager tokens;
    private int next;

    @Setup
    public void adopt() {
        tokens = TokenManager.builder("http://127.0.0.1:1/token")
                .clientId("client")
                .clientSecret("secret")
                .residentSources(2 * USERS)
                .build();
        for (int i = 0; i < USERS; i++) {
            ids[i] = "user-" + i;
            sources[i] = tokens.adopt(
                    ids[i],
                    TokenResponse.builder("token-of-" + i)
                            .expiresIn(Duration.ofHours(1))
                            .build());
        }
        for (int i = 0; i < USERS; i++) {
            holders[i] = new Holder(new Held(ids[i], System.nanoTime() + 3_600_000_000_000L), new byte[500]);
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < order.length; i++) {
            order[i] = random.nextInt(USERS);
        }
    }

    /** The least for each user: an object that stays, and one that is replaced; and about as much else as a user takes. */
    private static final class Holder {
        private volatile Held held;

        @SuppressWarnings("unused") // keeps holders as far from each other as users are
        private final byte[] rest;

        Holder(Held held, byte[] rest) {
            this.held = held;
            this.rest = rest;
        }

        Object token() {
            Held now = held;
            return System.nanoTime() - now.endNanos < 0 ? now.token : null;
        }
    }

    private record Held(Object token, long endNanos) {}

    private int index() {
        next = (next + 1) & (order.length - 1);
        return order[next];
    }

    @Benchmark
    public Object limit() {
        return holders[index()].token();
    }

    /** Of a source that the application holds, beside its session for example. */
    @Benchmark
    public Object held() throws IOException {
        return sources[index()].token();
    }

    /** By the id of the user. */
    @Benchmark
    public Object byId() throws IOException {
        return tokens.user(ids[index()]).token();
    }

    @TearDown
    public void close() {
        tokens.close();
    }
}
