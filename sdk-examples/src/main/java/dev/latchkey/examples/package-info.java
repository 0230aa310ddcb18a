/**
 * Examples of one topic each, every one compiled and run by a test. Start with
 * {@link dev.latchkey.examples.FirstCall}; {@link dev.latchkey.examples.QuickStart} shows it all at work.
 */
@NullMarked
package dev.latchkey.examples;

import org.jspecify.annotations.NullMarked;
