/**
 * What happened, for metrics and logs: small immutable events and one listener. No event holds a secret.
 */
@NullMarked
package dev.latchkey.event;

import org.jspecify.annotations.NullMarked;
