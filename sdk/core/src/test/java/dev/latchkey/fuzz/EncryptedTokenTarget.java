package dev.latchkey.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.internal.http.Answers;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenEncryption;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenKey;
import dev.latchkey.token.TokenType;
import java.util.List;

/** What lies in a store, as somebody left it. */
final class EncryptedTokenTarget implements Target {
    private static final TokenKey KEY = TokenKey.of("https://auth.example.com/token", "client", "authorization_code");
    private final TokenEncryption encryption = TokenEncryption.of("2026-11", new byte[32]);

    @Override
    public void read(byte[] input) {
        String text = new String(input, UTF_8);
        Promise.holds(TokenStoreException.class, () -> encryption.decrypt(KEY, text));
    }

    @Override
    public List<byte[]> madeSeeds() {
        AccessToken access =
                AccessToken.of("access", TokenType.BEARER, Scope.of("a b"), Answers.NOW, Answers.NOW.plusSeconds(300));
        StoredToken token = StoredToken.builder(1)
                .accessToken(access)
                .refreshToken(RefreshToken.of("refresh"), null)
                .build();
        TokenEncryption other = TokenEncryption.of("2025-01", new byte[32]);
        return List.of(
                encryption.encrypt(KEY, token).getBytes(UTF_8),
                encryption.encrypt(KEY.withSubject("other"), token).getBytes(UTF_8),
                other.encrypt(KEY, token).getBytes(UTF_8));
    }
}
