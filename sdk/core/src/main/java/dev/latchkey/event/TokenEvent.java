package dev.latchkey.event;

import dev.latchkey.token.TokenKey;

/**
 * Something that happened to the tokens of a key. Received from the SDK, not implemented by users; more kinds may come.
 *
 * <p>Thread-safety: immutable.
 */
public sealed interface TokenEvent
        permits TokenRequestSent, TokenIssued, TokenRequestFailed, TokenRejected, TokenStoreFailed, ClockCorrected {
    /** {@return whose token it is about} */
    TokenKey key();
}
