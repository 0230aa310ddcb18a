package dev.latchkey.store;

import dev.latchkey.error.TokenStoreException;
import dev.latchkey.token.TokenKey;

/** Counts in a store: each step is a compare-and-set that must not be lost. */
final class StoreCounting {
    private StoreCounting() {}

    static void count(TokenStore store, TokenKey key, int steps) throws TokenStoreException {
        for (int done = 0; done < steps; ) {
            long present = store.load(key).map(StoredToken::generation).orElse(0L);
            if (store.compareAndSet(key, present, StoreFixtures.full(present + 1))) {
                done++;
            }
        }
    }
}
