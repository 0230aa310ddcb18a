package dev.latchkey.internal.flight;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.List;
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
    private final Lazy<Caches<K, V>> caches;

    /**
     * Both maps.
     *
     * @param canonical all objects that somebody holds
     * @param recent those used last; whatever is here is held, so it is in the other map as well
     */
    private record Caches<K, V>(Cache<K, V> canonical, Cache<K, V> recent) {
        static <K, V> Caches<K, V> create(long maximum) {
            return new Caches<>(
                    Caffeine.newBuilder().executor(Runnable::run).weakValues().build(),
                    Caffeine.newBuilder()
                            .executor(Runnable::run)
                            .maximumSize(maximum)
                            .build());
        }
    }

    /**
     * Makes an empty map.
     *
     * @param maximum how many objects are kept while nobody holds them
     */
    public Interned(long maximum) {
        this.caches = new Lazy<>(() -> Caches.create(maximum));
    }

    /**
     * Gives the object of a key.
     *
     * @param key the key
     * @param make makes the object; must be quick, since other keys may wait for it
     * @return the object
     */
    public V get(K key, Function<? super K, ? extends V> make) {
        Caches<K, V> both = caches.get();
        V value = both.recent.getIfPresent(key);
        if (value == null) {
            value = both.canonical.get(key, make);
            both.recent.put(key, value);
        }
        return value;
    }

    /** {@return the objects that exist now} */
    public Collection<V> values() {
        return caches.ifMade()
                .<Collection<V>>map(both -> both.canonical.asMap().values())
                .orElse(List.of());
    }
}
