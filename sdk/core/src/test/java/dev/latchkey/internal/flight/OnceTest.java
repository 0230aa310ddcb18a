package dev.latchkey.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OnceTest {
    @Test
    void add_sameIdAgain_isNoLongerTheFirstTime() {
        Once once = new Once(10);

        assertThat(once.add("a")).isTrue();
        assertThat(once.add("a")).isFalse();
        assertThat(once.add("b")).isTrue();
    }
}
