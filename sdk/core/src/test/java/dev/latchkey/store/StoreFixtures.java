package dev.latchkey.store;

import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenKey;
import dev.latchkey.token.TokenType;
import java.time.Instant;
import java.util.Random;

/** Keys and tokens for tests of stores. */
final class StoreFixtures {
    static final String SECRET = "canary.access.token-5f21";
    static final String REFRESH = "canary.refresh.token-8d03";
    static final TokenKey ALICE = TokenKey.of("https://auth.example.com/token", "client", "authorization_code")
            .withSubject("alice");
    static final TokenKey BOB = ALICE.withSubject("bob");
    static final byte[] KEY = bytes(1);
    static final Instant ISSUED = Instant.parse("2026-11-05T10:15:30.123456789Z");

    private StoreFixtures() {}

    static byte[] bytes(int seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static TokenEncryption encryption() {
        return TokenEncryption.of("2026-11", KEY);
    }

    static AccessToken access() {
        return AccessToken.of(
                SECRET, TokenType.of("DPoP"), Scope.of("b a"), ISSUED, ISSUED.plusNanos(300_000_000_001L));
    }

    /** A token that has everything a token can have. */
    static StoredToken full(long generation) {
        return StoredToken.builder(generation)
                .accessToken(access())
                .refreshToken(RefreshToken.of(REFRESH), ISSUED.plusSeconds(86_400))
                .attemptStartedAt(ISSUED.plusNanos(7))
                .signedInAt(ISSUED.minusSeconds(60))
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
                + token.signedInAt()
                + token.ended();
    }
}
