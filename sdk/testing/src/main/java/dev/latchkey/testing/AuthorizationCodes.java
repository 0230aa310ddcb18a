package dev.latchkey.testing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** Authorization codes: short-lived, of one client, for one use. A second use ends what the first gave (RFC 6749, section 4.1.2). */
final class AuthorizationCodes {

    private final InstantSource time;
    private final Duration life;
    private final Consumer<String> endFamily;

    /** Guards everything below, and the making of what a code gives. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Consent> consents = new HashMap<>();
    private final Set<String> spent = new HashSet<>();

    /** With what ends all tokens of a family. */
    AuthorizationCodes(InstantSource time, Duration life, Consumer<String> endFamily) {
        this.time = time;
        this.life = life;
        this.endFamily = endFamily;
    }

    String issue(String value, Consent consent) {
        lock.lock();
        try {
            consents.put(value, consent);
            return value;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Spends the code, also where the exchange throws: whoever has no matching verifier gets no second try. Another
     * client's attempt spends nothing.
     */
    Reply redeem(String code, String client, Function<Consent, Reply> exchange) {
        lock.lock();
        try {
            Consent consent = living(code, client);
            spent.add(code);
            return exchange.apply(consent);
        } finally {
            lock.unlock();
        }
    }

    /** Who agreed to the family of tokens, empty where nobody did. */
    String personOf(String family) {
        lock.lock();
        try {
            return consents.values().stream()
                    .map(Consent::principal)
                    .filter(principal -> principal.family().equals(family))
                    .map(Principal::userId)
                    .findFirst()
                    .orElse("");
        } finally {
            lock.unlock();
        }
    }

    private Consent living(String code, String client) {
        Consent consent = consents.get(code);
        if (consent == null) {
            throw Refusal.of("invalid_grant", "The code was not issued here");
        }
        if (!consent.principal().client().equals(client)) {
            throw Refusal.of("invalid_grant", "The code was issued to another client");
        }
        if (spent.contains(code)) {
            endFamily.accept(consent.principal().family());
            throw Refusal.replay("The code was used before: what it gave is revoked");
        }
        if (!time.instant().isBefore(consent.at().plus(life))) {
            throw Refusal.of("invalid_grant", "The code is older than " + life.toSeconds() + " s");
        }
        return consent;
    }
}
