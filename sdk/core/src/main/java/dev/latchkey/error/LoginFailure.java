package dev.latchkey.error;

/** What went wrong while a person signed in. */
public enum LoginFailure {
    /** The deadline has passed: the person took too long. */
    EXPIRED,
    /** The state of the callback is not that of this sign-in, or there is none: another browser, another sign-in, or an attack. */
    STATE_MISMATCH,
    /** This callback, or another one of the same sign-in, was taken before. */
    ALREADY_COMPLETED,
    /** The callback is of another authorization server than the one that was asked (RFC 9207). */
    ISSUER_MISMATCH,
    /** The callback breaks the protocol: no code, or a parameter twice. */
    MALFORMED_CALLBACK,
    /** The authorization server refused the request for a reason that is not the person's. */
    REFUSED,
    /** The authorization server does not take the redirect URI. */
    REDIRECT_URI_REFUSED,
    /** The authorization server says that the code verifier does not belong to the challenge of this sign-in (RFC 7636). */
    CODE_VERIFIER_REFUSED,
    /** Name or password are wrong. */
    WRONG_CREDENTIALS,
    /** The account may not sign in. */
    ACCOUNT_DISABLED,
    /** The one-time password was wrong or has expired. */
    WRONG_ONE_TIME_PASSWORD,
    /** The ID token is not one of this server, this client and this sign-in. */
    INVALID_ID_TOKEN
}
