package dev.latchkey;

import dev.latchkey.internal.time.Time;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;

/**
 * What all stages of a manager share.
 *
 * @param time its clocks and timers
 * @param executor what token requests run on
 * @param random from 0 to 1, for jitter only
 * @param events where events go
 */
record Engine(Time time, Executor executor, DoubleSupplier random, Events events) {}
