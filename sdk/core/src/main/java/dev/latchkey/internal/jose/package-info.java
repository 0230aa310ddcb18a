/**
 * Reading keys and signing with them: everything that touches nimbus-jose-jwt. It works with the JDK's key types and
 * the registered names of algorithms, so that the packages above it decide what those mean to a user.
 */
@NullMarked
package dev.latchkey.internal.jose;

import org.jspecify.annotations.NullMarked;
