package dev.latchkey;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.error.ReauthorizationRequiredException;
import dev.latchkey.provider.Provider;
import org.jspecify.annotations.Nullable;

/** Says why a person must sign in again, and what stood behind it. */
final class Reauthorization {
    private Reauthorization() {}

    /** Where the token endpoint was not asked. */
    static ReauthorizationRequiredException of(ReauthorizationReason reason, Provider provider) {
        return new ReauthorizationRequiredException(
                reason,
                ErrorDetails.builder("Token of a user", outcome(reason))
                        .provider(provider.name())
                        .remedy(remedy(reason, null))
                        .requestSent(false)
                        .build(),
                null);
    }

    /** Where the token endpoint refused the refresh token. */
    static ReauthorizationRequiredException of(ReauthorizationReason reason, OAuthException refusal) {
        ErrorDetails refused = refusal.details();
        return new ReauthorizationRequiredException(
                reason,
                ErrorDetails.builder(refused.attempt(), refused.outcome())
                        .where(refused.where().orElse(null))
                        .provider(refused.provider().orElse(null))
                        .status(refused.status())
                        .errorCode(refused.errorCode().orElse(null))
                        .description(refused.description().orElse(null))
                        .requestId(refused.requestId().orElse(null))
                        .remedy(remedy(reason, refusal))
                        .build(),
                refusal);
    }

    private static String outcome(ReauthorizationReason reason) {
        return switch (reason) {
            case NOT_SIGNED_IN -> "nobody is signed in under this user id";
            case SIGNED_OUT -> "the user signed out";
            case EXPIRED -> "the sign-in is over, since its refresh token has expired or there is none";
            case REFUSED -> "the authorization server refused the refresh token before";
            case IN_DOUBT -> "the answer to a refresh was lost, and the refresh token was refused afterwards";
        };
    }

    private static String remedy(ReauthorizationReason reason, @Nullable OAuthException refusal) {
        return switch (reason) {
            case NOT_SIGNED_IN ->
                "Have the person sign in, and give what that brings to adopt(...) under this user id; if they did, check"
                        + " that the token store is the same and durable.";
            case SIGNED_OUT -> "Have the person sign in again.";
            case EXPIRED, REFUSED ->
                refusal == null
                        ? "Have the person sign in again; the server is not asked again before."
                        : refusal.remedy();
            case IN_DOUBT ->
                "An answer of the server got lost after it had spent the refresh token, so its successor reached nobody: the"
                        + " person must sign in again. A server that still takes a spent token for some seconds prevents"
                        + " this: ask the provider for such a grace period.";
        };
    }
}
