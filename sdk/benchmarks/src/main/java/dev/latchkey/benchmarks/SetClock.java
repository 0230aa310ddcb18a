package dev.latchkey.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clock of this machine, set forward by hand: nobody waits minutes for a token to grow old. Like that of the JDK it
 * tells milliseconds without making an object.
 */
final class SetClock implements InstantSource {
    private final AtomicLong aheadMillis = new AtomicLong();

    void advance(Duration time) {
        aheadMillis.addAndGet(time.toMillis());
    }

    @Override
    public long millis() {
        return System.currentTimeMillis() + aheadMillis.get();
    }

    @Override
    public Instant instant() {
        return Instant.now().plusMillis(aheadMillis.get());
    }
}
