/**
 * Fakes that behave: an authorization server that checks what it is sent, an API that checks tokens, simulators of providers, and
 * a clock that a test moves by hand. Start with {@code FakeAuthorizationServer}, or with the simulator of your provider.
 */
@NullMarked
package dev.latchkey.testing;

import org.jspecify.annotations.NullMarked;
