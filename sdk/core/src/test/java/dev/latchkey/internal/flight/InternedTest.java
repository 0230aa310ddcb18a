package dev.latchkey.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InternedTest {
    private final AtomicInteger made = new AtomicInteger();

    private Object make(String key) {
        made.incrementAndGet();
        return new Object();
    }

    @Test
    void get_sameKey_sameObject() {
        Interned<String, Object> interned = new Interned<>(10);
        Object first = interned.get("a", this::make);

        assertThat(interned.get(new String("a".toCharArray()), this::make)).isSameAs(first);
        assertThat(interned.get("b", this::make)).isNotSameAs(first);
        assertThat(made).hasValue(2);
        assertThat(interned.values()).hasSize(2);
    }

    @Test
    void get_whileSomebodyHoldsIt_sameObjectHoweverManyOthersCame() {
        // A flight, a setback and a refused token belong to a source: two of them for one key would be two truths.
        Interned<String, Object> interned = new Interned<>(4);
        Object held = interned.get("held", this::make);
        for (int i = 0; i < 1_000; i++) {
            interned.get("key-" + i, this::make);
            if (i % 100 == 0) {
                System.gc();
            }
        }
        assertThat(interned.get("held", this::make)).isSameAs(held);
    }

    @Test
    void get_nobodyHoldsIt_onlyTheRecentOnesAreKept() throws Exception {
        Interned<String, Object> interned = new Interned<>(4);
        List<WeakReference<Object>> references = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            references.add(new WeakReference<>(interned.get("key-" + i, this::make)));
        }
        assertThat(left(references)).isLessThanOrEqualTo(8);
        assertThat(left(references)).isPositive();
    }

    /** Collects until no more goes, a few times at most. */
    private static long left(List<WeakReference<Object>> references) {
        long left = references.size();
        for (int i = 0; i < 20 && left > 8; i++) {
            System.gc();
            left = references.stream()
                    .filter(reference -> reference.get() != null)
                    .count();
        }
        return left;
    }

    @Test
    void get_manyThreads_oneObjectAKey() throws Exception {
        Interned<String, Object> interned = new Interned<>(10_000);
        Set<Object> distinct = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        ExecutorService threads = Executors.newFixedThreadPool(32);
        List<Future<?>> done = new ArrayList<>();
        for (int thread = 0; thread < 32; thread++) {
            done.add(threads.submit(() -> {
                for (int i = 0; i < 1_000; i++) {
                    distinct.add(interned.get("key-" + i % 100, this::make));
                }
            }));
        }
        for (Future<?> each : done) {
            each.get();
        }
        threads.shutdown();
        assertThat(distinct).hasSize(100);
        assertThat(made).hasValue(100);
    }
}
