/** Posting a token request: client, body, server clock, and what the answer means. */
@NullMarked
package dev.latchkey.internal.endpoint;

import org.jspecify.annotations.NullMarked;
