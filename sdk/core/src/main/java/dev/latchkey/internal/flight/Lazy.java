package dev.latchkey.internal.flight;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made when it is asked for: many programs never ask for a second token, sign anybody in or see an error, and
 * loading Caffeine alone is a quarter of what a first token costs. Threads that ask at once may make it twice; all get the same
 * one.
 *
 * <p>Thread-safety: safe, no lock.
 */
public final class Lazy<T> {
    private final AtomicReference<@Nullable T> made = new AtomicReference<>();
    private final Supplier<? extends T> make;

    public Lazy(Supplier<? extends T> make) {
        this.make = make;
    }

    /** {@return the value, made now if nobody has asked before} */
    public T get() {
        T present = made.get();
        if (present != null) {
            return present;
        }
        T own = make.get();
        T first = made.compareAndExchange(null, own);
        return first == null ? own : first;
    }

    /** {@return the value, if anybody has asked for it} */
    public Optional<T> ifMade() {
        return Optional.ofNullable(made.get());
    }
}
