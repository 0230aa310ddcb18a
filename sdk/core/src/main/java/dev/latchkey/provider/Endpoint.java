package dev.latchkey.provider;

/** The endpoints that an authorization server may have beside its token endpoint. */
public enum Endpoint {
    /** Where a person is sent to sign in (RFC 6749, section 3.1). */
    AUTHORIZATION,
    /** Where the client of a provider with an API mode signs a person in, with name and password. */
    LOGIN,
    /** Where such a client has a one-time password sent. */
    ONE_TIME_PASSWORD,
    /** Where such a client says that the person agrees. */
    APPROVAL,
    /** Where a token is ended (RFC 7009). */
    REVOCATION,
    /** Where a token is asked about (RFC 7662). */
    INTROSPECTION,
    /** Where a user's own data is read (OpenID Connect Core, section 5.3). */
    USERINFO,
    /** Where the keys are that the server signs with (RFC 8414, {@code jwks_uri}). */
    JWKS
}
