package dev.latchkey;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.TransportException;
import dev.latchkey.token.AccessToken;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for a token and says what went wrong in the terms of the caller. */
final class Waiting {
    private Waiting() {}

    /** Waits as long as the flight takes; an interrupt ends this caller's wait and nothing else. */
    static AccessToken forToken(CompletableFuture<AccessToken> token) throws OAuthException {
        try {
            return token.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    /** A fresh exception for each caller, with that caller's stack and the shared one as its cause. */
    private static OAuthException failure(Throwable cause) {
        if (cause instanceof OAuthException shared) {
            return shared.rethrown();
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }

    static TransportException tookTooLong(Duration timeout) {
        return new TransportException(ErrorDetails.builder("Token request", "no token came within " + timeout)
                .remedy(
                        "Look at what takes part in it: the server, an external signer, a token store, the executor; or raise"
                                + " tokenTimeout(...).")
                .retryable(true)
                .build());
    }

    /** Misuse that shows in a running call, after a close for example: OkHttp delivers nothing but an IOException. */
    static TransportException misused(IllegalStateException misuse) {
        return new TransportException(
                ErrorDetails.builder("Token request", String.valueOf(misuse.getMessage()))
                        .remedy("Look at the life of the TokenManager, its executor and the TokenSource of this call.")
                        .requestSent(false)
                        .build(),
                misuse);
    }

    private static TransportException interrupted() {
        return new TransportException(ErrorDetails.builder("Token request", "the waiting thread was interrupted")
                .remedy("The interrupt flag is set again. The request itself goes on for other callers.")
                .retryable(true)
                .build());
    }
}
