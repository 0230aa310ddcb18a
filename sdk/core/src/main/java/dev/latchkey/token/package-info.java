/**
 * Tokens and scopes as immutable values. Nothing here prints a secret: ask for {@code value()} where you need one.
 */
@NullMarked
package dev.latchkey.token;

import org.jspecify.annotations.NullMarked;
