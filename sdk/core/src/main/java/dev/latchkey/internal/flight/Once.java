package dev.latchkey.internal.flight;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Tells whether something is seen for the first time. Remembers the last so many.
 *
 * <p>Thread-safety: safe.
 */
public final class Once {
    private final Lazy<Cache<String, Boolean>> seen;

    /**
     * Makes an empty memory.
     *
     * @param maximum how many are remembered
     */
    public Once(long maximum) {
        this.seen = new Lazy<>(() -> Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(maximum)
                .build());
    }

    /**
     * Notes that something was seen.
     *
     * @param id what
     * @return whether it is the first time
     */
    public boolean add(String id) {
        return seen.get().asMap().putIfAbsent(id, Boolean.TRUE) == null;
    }
}
