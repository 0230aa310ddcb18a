package dev.latchkey.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock of this machine, set forward by hand: nobody waits four minutes for a token to grow old. Like that of the JDK it
 * tells milliseconds without making an object.
 */
final class SetClock implements InstantSource {
    private volatile long aheadMillis;

    void advance(Duration time) {
        aheadMillis += time.toMillis();
    }

    @Override
    public long millis() {
        return System.currentTimeMillis() + aheadMillis;
    }

    @Override
    public Instant instant() {
        return Instant.now().plusMillis(aheadMillis);
    }
}
