/** Measures Latchkey beside what a user would pick instead, and prints the figures as Markdown. */
package dev.latchkey.benchmarks;
