package dev.latchkey.store;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.TokenStoreException;

/** Makes the exceptions of stores. None has a cause: other libraries quote what they read. */
final class StoreFailures {
    private StoreFailures() {}

    /** What is stored cannot be used, and trying again does not help. */
    static TokenStoreException unreadable(String outcome, String remedy) {
        return new TokenStoreException(ErrorDetails.builder("Reading a stored token", outcome)
                .remedy(remedy)
                .requestSent(false)
                .build());
    }

    static TokenStoreException notAToken() {
        return unreadable(
                "it is damaged, or was not written by this SDK",
                "Restore it from where it was copied from, or have the user sign in again, which replaces it.");
    }
}
