/** One request for many callers, and the map of all token sources of a manager. All use of Caffeine is here. */
@NullMarked
package dev.latchkey.internal.flight;

import org.jspecify.annotations.NullMarked;
