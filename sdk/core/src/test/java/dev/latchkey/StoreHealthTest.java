package dev.latchkey;

import static dev.latchkey.StoreHealth.READING;
import static dev.latchkey.StoreHealth.WRITING;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One outage is one event, whichever calls fail in it and in whatever order they end (F-28, F-30). */
@Timeout(10)
class StoreHealthTest {
    private final StoreHealth health = new StoreHealth();

    private boolean fails(int what) {
        return health.failed(what, health.begin());
    }

    private void works(int what) {
        health.well(what, health.begin());
    }

    @Test
    void failed_asLongAsItLasts_beginsOneOutage() {
        assertThat(fails(READING)).isTrue();
        assertThat(fails(READING)).isFalse();
        assertThat(fails(WRITING)).isFalse();
    }

    @Test
    void failed_afterRecovery_beginsAnother() {
        fails(READING);
        works(READING);
        assertThat(fails(READING)).isTrue();
    }

    @Test
    void failed_writingWhileReadingWorks_goesOnUntilAWriteWorks() {
        fails(WRITING);
        works(READING);
        assertThat(fails(WRITING)).isFalse();
        works(WRITING);
        assertThat(fails(WRITING)).isTrue();
    }

    @Test
    void failed_begunBeforeTheRecovery_isNoNews() {
        fails(READING);
        long slow = health.begin();
        works(READING);
        assertThat(health.failed(READING, slow)).isFalse();
        assertThat(fails(READING)).isTrue();
    }

    @Test
    void well_begunBeforeTheFailure_endsNothing() {
        long slow = health.begin();
        fails(READING);
        health.well(READING, slow);
        assertThat(fails(READING)).isFalse();
    }
}
