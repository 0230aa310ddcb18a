package dev.latchkey;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the store is well, as its calls tell, so that an outage is told of once. A disk that is full can still be read, so
 * reading and writing are told apart. While a store goes or comes, some calls fail and others do not: an outcome of a call
 * that began before the last change is no news.
 *
 * <p>Thread-safety: safe; one immutable value, replaced by compare-and-set.
 */
final class StoreHealth {
    static final int READING = 1;
    static final int WRITING = 2;

    private final AtomicLong order = new AtomicLong();
    private final AtomicReference<State> state = new AtomicReference<>(new State(0, 0));

    /**
     * What is known.
     *
     * @param failing what fails now
     * @param since the place in the order at which that was found
     */
    private record State(int failing, long since) {
        boolean isNews(long begun) {
            return begun > since;
        }
    }

    /** {@return the place of a call that begins now in the order of all} */
    long begin() {
        return order.incrementAndGet();
    }

    void well(int what, long begun) {
        state.updateAndGet(now -> (now.failing & what) != 0 && now.isNews(begun)
                ? new State(now.failing & ~what, order.incrementAndGet())
                : now);
    }

    /** {@return whether an outage begins with that failure} */
    boolean failed(int what, long begun) {
        State before = state.getAndUpdate(
                now -> now.isNews(begun) ? new State(now.failing | what, order.incrementAndGet()) : now);
        return before.failing == 0 && before.isNews(begun);
    }
}
