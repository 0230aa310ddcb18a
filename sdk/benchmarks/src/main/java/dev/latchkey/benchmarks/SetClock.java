package dev.latchkey.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock of this machine, set forward by hand: nobody waits four minutes for a token to grow old. */
final class SetClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    void advance(Duration time) {
        ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }
}
