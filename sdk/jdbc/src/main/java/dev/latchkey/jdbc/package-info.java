/** A store of tokens on a database. Start with {@link dev.latchkey.jdbc.JdbcTokenStore}. */
@NullMarked
package dev.latchkey.jdbc;

import org.jspecify.annotations.NullMarked;
