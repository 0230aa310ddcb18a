package dev.latchkey.store;

import static dev.latchkey.store.StoreFixtures.ALICE;
import static dev.latchkey.store.StoreFixtures.KEY;
import static dev.latchkey.store.StoreFixtures.encryption;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.fuzz.Promise;
import dev.latchkey.internal.http.Answers;
import dev.latchkey.internal.jose.Jwe;
import javax.crypto.spec.SecretKeySpec;

/** What is inside a stored token, and the file of a lease. KEY stands for the id of the key that is asked for. */
public final class StoreFuzz {
    private StoreFuzz() {}

    public static void storedToken(byte[] input) {
        byte[] json = new String(input, UTF_8).replace("KEY", ALICE.id()).getBytes(UTF_8);
        String text = Jwe.encrypt("2026-11", new SecretKeySpec(KEY, "AES"), json);
        Promise.holds(TokenStoreException.class, () -> encryption().decrypt(ALICE, text));
    }

    public static void lease(byte[] input) {
        Promise.holds(() -> {
            Lease lease = Lease.read(input);
            return lease != null && lease.isOver(Answers.NOW.toEpochMilli());
        });
    }
}
