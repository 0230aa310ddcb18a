/**
 * The front door: a {@link dev.latchkey.TokenManager} that keeps tokens and a {@link dev.latchkey.OAuthInterceptor} that
 * puts them on calls.
 */
@NullMarked
package dev.latchkey;

import org.jspecify.annotations.NullMarked;
