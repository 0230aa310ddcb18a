package dev.latchkey.internal.flight;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.function.Function;

/**
 * One object a key: as long as anybody holds it, everybody is given the same one. The objects used last are kept for a
 * bounded number of keys even while nobody holds them.
 *
 * <p>Thread-safety: safe.
 *
 * @param <K> the key
 * @param <V> the object
 */
public final class Interned<K, V> {
    private final Cache<K, V> canonical =
            Caffeine.newBuilder().executor(Runnable::run).weakValues().build();
    /** Whatever is here is held, so it is in the other map as well. */
    private final Cache<K, V> recent;

    /**
     * Makes an empty map.
     *
     * @param maximum how many objects are kept while nobody holds them
     */
    public Interned(long maximum) {
        this.recent = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(maximum)
                .build();
    }

    /**
     * Gives the object of a key.
     *
     * @param key the key
     * @param make makes the object; must be quick, since other keys may wait for it
     * @return the object
     */
    public V get(K key, Function<? super K, ? extends V> make) {
        V value = recent.getIfPresent(key);
        if (value == null) {
            value = canonical.get(key, make);
            recent.put(key, value);
        }
        return value;
    }

    /** {@return the objects that exist now} */
    public Collection<V> values() {
        return canonical.asMap().values();
    }
}
