/** The one place that reads a clock or waits. */
@NullMarked
package dev.latchkey.internal.time;

import org.jspecify.annotations.NullMarked;
