/**
 * A person signs in: what is asked for, what comes back, and what it means. Start with {@link dev.latchkey.login.LoginRequest}.
 */
@NullMarked
package dev.latchkey.login;

import org.jspecify.annotations.NullMarked;
