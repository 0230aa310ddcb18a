/**
 * Where tokens live between managers, so that several of them share one token and one request for it. Start with
 * {@link dev.latchkey.store.TokenStore}.
 */
@NullMarked
package dev.latchkey.store;

import org.jspecify.annotations.NullMarked;
