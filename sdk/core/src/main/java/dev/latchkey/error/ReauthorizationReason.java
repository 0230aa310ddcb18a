package dev.latchkey.error;

/** Why a person must sign in again. */
public enum ReauthorizationReason {
    /** Nobody signed in under this user id, or the store that knew of it was lost. */
    NOT_SIGNED_IN,
    /** The user signed out. */
    SIGNED_OUT,
    /** The refresh token's own life is over. */
    EXPIRED,
    /** The authorization server refused the refresh token: revoked, expired, or spent elsewhere. */
    REFUSED,
    /**
     * The answer to a request with the refresh token was lost, and the token was refused afterwards: the server had spent it
     * and its successor reached nobody.
     */
    IN_DOUBT
}
