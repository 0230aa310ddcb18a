/** Where credentials may go, and what an answer means. */
@NullMarked
package dev.latchkey.internal.http;

import org.jspecify.annotations.NullMarked;
