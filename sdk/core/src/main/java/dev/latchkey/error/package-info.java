/**
 * What can go wrong, as one sealed family of {@link java.io.IOException}s: each says what was tried, what came back, what
 * to do about it, and whether a retry can help. Imports nothing but the JDK.
 */
@NullMarked
package dev.latchkey.error;

import org.jspecify.annotations.NullMarked;
