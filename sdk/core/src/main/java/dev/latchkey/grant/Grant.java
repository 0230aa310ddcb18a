package dev.latchkey.grant;

import java.util.Map;

/**
 * What entitles the client to a token (RFC 6749, section 1.3). Received from the SDK, not implemented by users.
 *
 * <p>Thread-safety: immutable.
 */
public sealed interface Grant
        permits ClientCredentialsGrant, AuthorizationCodeGrant, RefreshTokenGrant, DeprecatedPasswordGrant {
    /** {@return the registered name, the value of {@code grant_type}} */
    String type();

    /** {@return the parameters that this grant adds to the token request, beside {@code grant_type}; some may be secret} */
    Map<String, String> parameters();
}
