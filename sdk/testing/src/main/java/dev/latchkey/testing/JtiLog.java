package dev.latchkey.testing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Every {@code jti} that ever came over the wire, with the number of the request that brought it first. */
final class JtiLog {

    private final Map<String, Integer> firstUse = new ConcurrentHashMap<>();
    private final AtomicInteger repeated = new AtomicInteger();

    /** Takes note of the value; the request that had it before, empty where none had. */
    Optional<Integer> note(String jti, int request) {
        Optional<Integer> before = Optional.ofNullable(firstUse.putIfAbsent(jti, request));
        before.ifPresent(first -> repeated.incrementAndGet());
        return before;
    }

    Optional<Integer> firstUse(String jti) {
        return Optional.ofNullable(firstUse.get(jti));
    }

    int repeated() {
        return repeated.get();
    }
}
