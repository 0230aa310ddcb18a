package dev.latchkey.examples.cli;

import dev.latchkey.token.AccessToken;

/** Takes what a run finds out, and shows it at its end. */
interface Report {
    /** A token came. */
    void token(AccessToken token);

    /** The API answered. */
    void answer(ApiAnswer answer);

    /** The run ended without what it was asked for. */
    void failure(Failure failure);

    /** Shows what there is. */
    void end();
}
