package dev.latchkey.provider;

/** How a provider wants to be told that a token is given up. */
public enum RevocationForm {
    /** A form with the refresh token and client authentication (RFC 7009). */
    STANDARD,
    /** DELETE with the user's access token; everything that the client has of this user ends. */
    DELETE_WITH_ACCESS_TOKEN
}
