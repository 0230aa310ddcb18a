/**
 * How a client proves itself to an authorization server: one type for each registered authentication method, the
 * {@link dev.latchkey.clientauth.SigningKey} that signs assertions, and the
 * {@link dev.latchkey.clientauth.AssertionProfile} that says what a server wants to find in them. Start at
 * {@code SigningKey.read}. May import {@code dev.latchkey.error} and internal packages only.
 */
@NullMarked
package dev.latchkey.clientauth;

import org.jspecify.annotations.NullMarked;
