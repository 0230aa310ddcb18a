package dev.latchkey.examples;

import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import dev.latchkey.error.OAuthException;
import dev.latchkey.token.AccessToken;

/** Tokens of different scopes from one manager: each scope has a token, a cache and a request of its own. */
public final class SeveralScopes {
    private SeveralScopes() {}

    /**
     * Gets a token that may read and one that may write.
     *
     * @param tokens a token manager
     * @return the token that may write
     * @throws OAuthException if one of them is not to be had
     */
    public static AccessToken run(TokenManager tokens) throws OAuthException {
        // begin: several scopes
        TokenSource reading = tokens.scope("system/Patient.rs");
        TokenSource writing = tokens.scope("system/Patient.rs system/Patient.cud");
        AccessToken toRead = reading.token();
        AccessToken toWrite = writing.token();
        // end: several scopes
        if (toRead.hasSameValueAs(toWrite)) {
            throw new IllegalStateException("Two scopes, but one token.");
        }
        return toWrite;
    }
}
