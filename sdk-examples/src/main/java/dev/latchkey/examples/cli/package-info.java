/** The latchkey command-line tool: options to a token manager, results to a terminal or to one JSON object. */
@NullMarked
package dev.latchkey.examples.cli;

import org.jspecify.annotations.NullMarked;
