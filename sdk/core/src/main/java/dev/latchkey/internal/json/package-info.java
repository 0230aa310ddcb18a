/** All use of Jackson: reading a stranger's JSON within explicit limits, and writing a flat object. */
@NullMarked
package dev.latchkey.internal.json;

import org.jspecify.annotations.NullMarked;
