package dev.latchkey;

import dev.latchkey.internal.time.Time;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenKey;
import dev.latchkey.token.TokenType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** R-24, F-05: a refused token costs one request, however its callers interleave; and no old token comes back. */
@Tag("interleavings")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RejectedTokenInterleavingsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final TokenKey KEY = TokenKey.of("https://auth.example.com/token", "client", "client_credentials");
    private static final Time STILL =
            Time.system().withClock(InstantSource.fixed(START)).withTicker(() -> 0);

    /** A token source whose server answers at once, with a new token for each request. */
    private static final class Source {
        final AtomicInteger requests = new AtomicInteger();
        final CachingTokenSource tokens = new CachingTokenSource(
                KEY,
                worthRetrying ->
                        CompletableFuture.completedFuture(new IssuedToken(token("t" + requests.incrementAndGet()), 0)),
                new CachingTokenSource.Refresh(Duration.ofMinutes(5), Duration.ofSeconds(30)),
                new Engine(STILL, Runnable::run, () -> 0.5, new Events(null), new AtomicBoolean()));

        String value() {
            return tokens.tokenAsync().join().value();
        }
    }

    private static AccessToken token(String value) {
        return AccessToken.of(value, TokenType.BEARER, Scope.none(), START, START.plusSeconds(300));
    }

    @Test
    void token_anyInterleaving_isOneRequestForAll() {
        Interleavings.check(() -> {
            Source source = new Source();
            String[] got = new String[2];

            Interleavings.together(() -> got[0] = source.value(), () -> got[1] = source.value());

            Interleavings.require(got[0].equals("t1") && got[1].equals("t1"), "one token for both");
            Interleavings.require(source.requests.get() == 1, "one request");
        });
    }

    @Test
    void reject_byTwoCallers_isOneRequestForBoth() {
        Interleavings.check(() -> {
            Source source = new Source();
            AccessToken refused = source.tokens.tokenAsync().join();
            String[] got = new String[2];
            Interleavings.together(() -> got[0] = replayed(source, refused), () -> got[1] = replayed(source, refused));

            Interleavings.require(got[0].equals("t2") && got[1].equals("t2"), "the next token for both");
            Interleavings.require(source.requests.get() == 2, "one more request");
        });
    }

    private static String replayed(Source source, AccessToken refused) {
        source.tokens.reject(refused);
        return source.value();
    }

    /** A renewal that began before a sign-out or sign-in changes nothing when it lands. */
    @Test
    void landing_whileSomebodySignsIn_leavesTheNewToken() {
        Interleavings.check(() -> {
            Source source = new Source();

            Interleavings.together(
                    () -> source.tokens.tokenAsync().exceptionally(e -> token("failed")),
                    () -> source.tokens.serve(token("signed-in")));

            Interleavings.require(source.value().equals("signed-in"), "the token of the sign-in");
        });
    }

    @Test
    void landing_whileSomebodySignsOut_leavesNoToken() {
        Interleavings.check(() -> {
            Source source = new Source();
            int[] before = new int[1];

            Interleavings.together(() -> source.tokens.tokenAsync().exceptionally(e -> token("failed")), () -> {
                before[0] = source.requests.get();
                source.tokens.forget();
            });

            Interleavings.require(!source.value().equals("t" + before[0]), "no token from before the sign-out");
        });
    }

    @Test
    void outage_anyInterleaving_isToldOnce() {
        Interleavings.check(() -> {
            StoreHealth health = new StoreHealth();
            boolean[] told = new boolean[2];

            Interleavings.together(
                    () -> told[0] = health.failed(StoreHealth.READING, health.begin()),
                    () -> told[1] = health.failed(StoreHealth.WRITING, health.begin()));

            Interleavings.require(told[0] ^ told[1], "one of the two");
        });
    }
}
