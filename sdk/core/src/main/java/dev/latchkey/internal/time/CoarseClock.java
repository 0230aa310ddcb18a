package dev.latchkey.internal.time;

import java.time.InstantSource;

/**
 * A wall clock that is asked once in a millisecond of the ticker. Reading a clock is nearly all that giving out a live token
 * costs, so one reading of the ticker stands for both: within its millisecond the wall clock is taken to stand still. A step
 * of the wall clock, or the wall time that passed while the machine was suspended, shows a millisecond late.
 *
 * <p>Thread-safety: safe. The last answer is one immutable value; threads that find it old at once each ask anew.
 */
final class CoarseClock {
    private static final long HOLDS_NANOS = 1_000_000;

    private final InstantSource clock;
    private volatile Answer last;

    private record Answer(long nanos, long millis) {}

    CoarseClock(InstantSource clock, long nanos) {
        this.clock = clock;
        this.last = new Answer(nanos, clock.millis());
    }

    long millisAt(long nanos) {
        Answer answer = last;
        return nanos - answer.nanos < HOLDS_NANOS ? answer.millis : asked(nanos);
    }

    private long asked(long nanos) {
        Answer answer = new Answer(nanos, clock.millis());
        last = answer;
        return answer.millis;
    }
}
