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
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < order.length; i++) {
            order[i] = random.nextInt(USERS);
        }
    }

    private int index() {
        next = (next + 1) & (order.length - 1);
        return order[next];
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
