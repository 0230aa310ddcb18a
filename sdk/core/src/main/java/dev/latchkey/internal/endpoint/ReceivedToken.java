package dev.latchkey.internal.endpoint;

import dev.latchkey.token.TokenResponse;
import java.time.Instant;

/**
 * A token response with the time its life is counted from.
 *
 * @param response the response
 * @param sentAt the wall clock before the request was sent
 * @param sentNanos the ticker before the request was sent
 */
public record ReceivedToken(TokenResponse response, Instant sentAt, long sentNanos) {}
