package dev.latchkey.benchmarks;

import dev.latchkey.TokenManager;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.TokenResponse;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** A program that has many users signed in, and prints how many bytes of heap each takes. */
public final class ResidentUsers {
    /** As many characters as an access token of a server that signs its tokens, and a refresh token. */
    static final int TOKEN = 800;

    static final int REFRESH = 64;

    private ResidentUsers() {}

    public static void main(String[] args) {
        int users = Integer.parseInt(args[0]);
        TokenManager tokens = TokenManager.builder("http://127.0.0.1:1/token")
                .clientId("client")
                .clientSecret("secret")
                .residentSources(users)
                .build();
        adopt(tokens, "first");
        long before = used();
        for (int i = 0; i < users; i++) {
            adopt(tokens, "user-" + i);
        }
        System.out.println((double) (used() - before) / users);
        tokens.close();
    }

    private static void adopt(TokenManager tokens, String id) {
        tokens.adopt(
                id,
                TokenResponse.builder(padded(id, TOKEN))
                        .refreshToken(RefreshToken.of(padded(id, REFRESH)))
                        .expiresIn(Duration.ofHours(1))
                        .build());
    }

    private static String padded(String id, int length) {
        return id + "x".repeat(length - id.length());
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
