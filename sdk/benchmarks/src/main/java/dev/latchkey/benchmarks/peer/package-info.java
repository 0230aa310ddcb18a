/** Ways to have a token at hand: Latchkey, other libraries, and the least that any of them could do. */
package dev.latchkey.benchmarks.peer;
