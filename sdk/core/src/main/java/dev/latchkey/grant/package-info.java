/** One immutable type per grant: what a client asks a token endpoint for. */
@NullMarked
package dev.latchkey.grant;

import org.jspecify.annotations.NullMarked;
