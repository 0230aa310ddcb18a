package dev.latchkey;

import dev.latchkey.error.OAuthException;
import dev.latchkey.token.AccessToken;
import java.util.concurrent.CompletableFuture;

/**
 * Gives an access token that can be used now. A {@link TokenManager} is one, and so is every {@code tokens.scope(…)} of
 * it; a single request picks its own with {@code request.tag(TokenSource.class, source)}.
 *
 * <p>One method is to be implemented by those who bring tokens of their own.
 *
 * <p>Thread-safety: must be safe.
 */
@FunctionalInterface
public interface TokenSource {
    /**
     * Gives a live token. Waits only where there is none; for a shorter wait than the manager's own limit use
     * {@code tokenAsync().get(timeout, unit)}.
     *
     * @return the token
     * @throws OAuthException if there is no live token and none is to be had; it says why and what to do
     */
    AccessToken token() throws OAuthException;

    /**
     * Gives a live token without waiting.
     *
     * @return the token to come, or an {@link OAuthException}; cancelling it concerns this caller alone. As it stands here
     *     it runs {@link #token()} on the calling thread
     */
    default CompletableFuture<AccessToken> tokenAsync() {
        try {
            return CompletableFuture.completedFuture(token());
        } catch (OAuthException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Tells that an API refused a token, so that it is not given out again. Tokens that were replaced meanwhile are not
     * touched. As it stands here it does nothing.
     *
     * @param token the token that was refused
     */
    default void reject(AccessToken token) {}
}
