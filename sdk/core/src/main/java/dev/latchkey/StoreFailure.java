package dev.latchkey;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.TokenStoreException;

/** What a store threw, as the type it should have thrown: a store of the user's own may throw anything, its drivers do. */
final class StoreFailure {
    private StoreFailure() {}

    static TokenStoreException of(Exception e) {
        return e instanceof TokenStoreException known ? known : unknown(e);
    }

    private static TokenStoreException unknown(Exception e) {
        return new TokenStoreException(
                ErrorDetails.builder("Token store", "it threw " + e.getClass().getName())
                        .remedy("Look at the store and what it is connected to; have it throw TokenStoreException.")
                        .retryable(true)
                        .build());
    }
}
