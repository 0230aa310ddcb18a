package dev.latchkey.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LazyTest {
    @Test
    void get_again_isTheSame_andMadeOnlyWhenAskedFor() {
        AtomicInteger made = new AtomicInteger();
        Lazy<Object> lazy = new Lazy<>(() -> {
            made.incrementAndGet();
            return new Object();
        });

        assertThat(lazy.ifMade()).isEmpty();
        assertThat(made).hasValue(0);
        Object first = lazy.get();
        assertThat(lazy.get()).isSameAs(first);
        assertThat(lazy.ifMade()).containsSame(first);
        assertThat(made).hasValue(1);
    }

    @Test
    void get_byManyAtOnce_isTheSameForAll() throws Exception {
        int threads = 8;
        CyclicBarrier together = new CyclicBarrier(threads);
        Lazy<Object> lazy = new Lazy<>(() -> {
            try {
                together.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return new Object();
        });
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Object>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(executor.submit(lazy::get));
            }
            for (Future<Object> each : all) {
                assertThat(each.get()).isSameAs(lazy.get());
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
