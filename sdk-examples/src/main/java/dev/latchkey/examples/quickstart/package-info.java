/** What the quick start is made of: the scenes, the facts they print and the claims they check. */
@NullMarked
package dev.latchkey.examples.quickstart;

import org.jspecify.annotations.NullMarked;
