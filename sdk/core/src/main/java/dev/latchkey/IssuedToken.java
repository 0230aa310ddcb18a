package dev.latchkey;

import dev.latchkey.token.AccessToken;

/**
 * A token as it came.
 *
 * @param token the token
 * @param sentNanos the ticker as it stood before the request for it was sent
 */
record IssuedToken(AccessToken token, long sentNanos) {}
