package dev.latchkey.store;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.token.TokenKey;
import java.nio.file.Path;
import java.time.Duration;

/** Counts in a store: each step is a compare-and-set that must not be lost. */
final class StoreCounting {
    private StoreCounting() {}

    /** For a second copy of all these classes in the same JVM, which is spoken to in types of the JDK alone. */
    static boolean countIn(String directory, int steps) throws TokenStoreException {
        FileTokenStore store = FileTokenStore.open(Path.of(directory), StoreFixtures.encryption());
        count(store, StoreFixtures.ALICE, steps);
        return store.lease(StoreFixtures.ALICE, "a copy", Duration.ofMinutes(1));
    }

    static void count(TokenStore store, TokenKey key, int steps) throws TokenStoreException {
        for (int done = 0; done < steps; ) {
            long present = store.load(key).map(StoredToken::generation).orElse(0L);
            if (store.compareAndSet(key, present, StoreFixtures.full(present + 1))) {
                done++;
            }
        }
    }
}
