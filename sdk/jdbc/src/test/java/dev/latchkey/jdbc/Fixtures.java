package dev.latchkey.jdbc;

import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenEncryption;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenKey;
import dev.latchkey.token.TokenType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** Keys, tokens and races for tests of the store. */
final class Fixtures {
    static final String ACCESS = "canary.access.token-5f21";
    static final String REFRESH = "canary.refresh.token-8d03";
    static final TokenKey ALICE = TokenKey.of("https://auth.example.com/token", "client", "authorization_code")
            .withSubject("alice-canary");
    static final TokenKey BOB = ALICE.withSubject("bob-canary");
    static final Instant ISSUED = Instant.parse("2026-11-05T10:15:30.123456789Z");
    static final byte[] KEY = key(1);

    private Fixtures() {}

    static byte[] key(int seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static TokenEncryption encryption() {
        return TokenEncryption.of("2026-11", KEY);
    }

    static JdbcTokenStore.Builder storeOn(DataSource source, String table) {
        return JdbcTokenStore.builder(source).encryption(encryption()).tableName(table);
    }

    static StoredToken token(long generation) {
        return StoredToken.builder(generation)
                .accessToken(AccessToken.of(
                        ACCESS, TokenType.BEARER, Scope.of("a b"), ISSUED, ISSUED.plusNanos(300_000_000_001L)))
                .refreshToken(RefreshToken.of(REFRESH), ISSUED.plusSeconds(86_400))
                .attemptStartedAt(ISSUED.plusNanos(7))
                .build();
    }

    static StoredToken end(long generation) {
        return StoredToken.builder(generation)
                .ended(ReauthorizationReason.IN_DOUBT)
                .build();
    }

    /** All that a stored token has, as one text: stored tokens have no equality. */
    static String everything(StoredToken token) {
        return token.generation()
                + token.accessToken()
                        .map(access -> access.value()
                                + access.type()
                                + access.scope()
                                + access.issuedAt()
                                + access.expiresAt())
                        .orElse("-")
                + token.refreshToken().map(RefreshToken::value).orElse("-")
                + token.refreshTokenExpiresAt()
                + token.attemptStartedAt()
                + token.ended();
    }

    /** Runs the same on several threads that begin together, and gives what each returned. */
    static <T> List<T> race(int threads, Callable<T> work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        CyclicBarrier start = new CyclicBarrier(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
