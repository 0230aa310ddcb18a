package dev.latchkey;

import dev.latchkey.error.InvalidGrantException;
import dev.latchkey.error.InvalidResponseException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.ServerErrorException;
import dev.latchkey.error.TemporarilyUnavailableException;
import dev.latchkey.error.TransportException;

/** What a failed request says of the refresh token that went with it. */
enum RefreshFailure {
    /** The server refused the refresh token itself. */
    REFUSED,
    /** The token was not touched: nothing arrived, or the server turned the request away for another reason. */
    NOT_APPLIED,
    /** The server may have spent the token and sent a successor that never arrived. */
    IN_DOUBT;

    static RefreshFailure of(OAuthException failure) {
        if (failure instanceof InvalidGrantException) {
            return REFUSED;
        }
        if (failure instanceof TransportException) {
            return failure.details().requestSent() ? IN_DOUBT : NOT_APPLIED;
        }
        if (failure instanceof TemporarilyUnavailableException overloaded) {
            return overloaded.status() == 408 ? IN_DOUBT : NOT_APPLIED;
        }
        if (failure instanceof InvalidResponseException) {
            return isOfServer(failure.details().status()) ? IN_DOUBT : NOT_APPLIED;
        }
        return failure instanceof ServerErrorException ? IN_DOUBT : NOT_APPLIED;
    }

    /** An answer of this kind may come after the work was done; a redirect or a refusal comes instead of it. */
    private static boolean isOfServer(int status) {
        return status < 300 || status >= 500;
    }
}
