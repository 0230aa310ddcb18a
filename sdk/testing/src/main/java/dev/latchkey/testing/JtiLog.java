package dev.latchkey.testing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Every {@code jti} that ever came over the wire, with the request that brought it first. */
final class JtiLog {

    private final boolean perIssuer;
    private final Map<String, Use> firstUse = new ConcurrentHashMap<>();
    private final AtomicInteger repeated = new AtomicInteger();

    /** Which request brought a value: its path, and its number there. */
    record Use(String path, int number) {

        static Use in(TokenRequest request) {
            return new Use(request.head().path(), request.number());
        }

        @Override
        public String toString() {
            return "request " + number;
        }
    }

    /** With {@code perIssuer}, two issuers may use the same value once each. */
    JtiLog(boolean perIssuer) {
        this.perIssuer = perIssuer;
    }

    /** Takes note of the assertion's value; the request that had it before, empty where none had. */
    Optional<Use> note(Assertion assertion, TokenRequest request) {
        Optional<Use> before =
                key(assertion).flatMap(key -> Optional.ofNullable(firstUse.putIfAbsent(key, Use.in(request))));
        before.ifPresent(first -> repeated.incrementAndGet());
        return before;
    }

    Optional<Use> firstUse(Assertion assertion) {
        return key(assertion).map(firstUse::get);
    }

    private Optional<String> key(Assertion assertion) {
        return assertion
                .text("jti")
                .map(jti -> perIssuer ? assertion.text("iss").orElse("") + "\n" + jti : jti);
    }

    int repeated() {
        return repeated.get();
    }
}
