package dev.latchkey;

import dev.latchkey.token.AccessToken;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** One step on the way from the wish for a token to the token endpoint; each adds one thing to the next. */
interface TokenStage {
    /**
     * Asks for a token; never blocks the caller, never throws.
     *
     * @param worthRetrying tells whether somebody is left without a token by a first failure, so that trying hard is worth it
     */
    CompletableFuture<IssuedToken> request(BooleanSupplier worthRetrying);

    /** Learns of a token that callers got without asking here, so that it is no news when a store has it. */
    default void served(AccessToken token) {}
}
