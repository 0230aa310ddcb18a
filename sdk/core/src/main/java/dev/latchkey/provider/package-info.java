/**
 * What is particular to one authorization server, as data: endpoints, profile of the assertion, headers. Start with
 * {@link dev.latchkey.provider.Provider#builder}, or pick a prepared one.
 */
@NullMarked
package dev.latchkey.provider;

import org.jspecify.annotations.NullMarked;
