/**
 * Fakes that behave: an authorization server that checks what it is sent, an API that checks tokens, and a clock that a
 * test moves by hand. Start with {@code FakeAuthorizationServer}.
 */
@NullMarked
package dev.latchkey.testing;

import org.jspecify.annotations.NullMarked;
