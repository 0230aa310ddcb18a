package dev.latchkey.testing;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The access tokens that were issued, and whether each is still good. */
final class AccessTokens {

    /** One access token; {@code family} is empty where no refresh token came with it. */
    record Issued(String value, String clientId, Set<String> scopes, Instant expiresAt, String family) {

        @Override
        public String toString() {
            return "Issued[" + clientId + ", " + scopes + ", until " + expiresAt + "]";
        }
    }

    /** How a token stands. */
    enum State {
        ACTIVE("The access token is active"),
        UNKNOWN("The access token was not issued here"),
        EXPIRED("The access token expired"),
        REVOKED("The access token was revoked");

        private final String sentence;

        State(String sentence) {
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }
    }

    private final InstantSource time;
    private final Settings settings;

    /** Guards everything below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Issued> issued = new LinkedHashMap<>();
    private final Set<String> revoked = new HashSet<>();
    private final Set<String> expired = new HashSet<>();

    AccessTokens(InstantSource time, Settings settings) {
        this.time = time;
        this.settings = settings;
    }

    Issued issue(String clientId, Set<String> scopes, String family) {
        return issue(RandomValues.next("at_"), clientId, scopes, family);
    }

    /** For servers whose tokens have a form of their own. */
    Issued issue(String value, String clientId, Set<String> scopes, String family) {
        Instant expiresAt = time.instant().plus(settings.tokenLife);
        Issued token = new Issued(value, clientId, scopes, expiresAt, family);
        lock.lock();
        try {
            issued.put(token.value(), token);
        } finally {
            lock.unlock();
        }
        return token;
    }

    State state(String value) {
        lock.lock();
        try {
            Issued token = issued.get(value);
            if (token == null) {
                return State.UNKNOWN;
            }
            if (revoked.contains(value)) {
                return State.REVOKED;
            }
            boolean alive = time.instant().isBefore(token.expiresAt()) && !expired.contains(value);
            return alive ? State.ACTIVE : State.EXPIRED;
        } finally {
            lock.unlock();
        }
    }

    Optional<Issued> find(String value) {
        lock.lock();
        try {
            return Optional.ofNullable(issued.get(value));
        } finally {
            lock.unlock();
        }
    }

    Optional<Issued> active(String value) {
        return state(value) == State.ACTIVE ? find(value) : Optional.empty();
    }

    void expire(String value) {
        lock.lock();
        try {
            expired.add(value);
        } finally {
            lock.unlock();
        }
    }

    void expireAll() {
        lock.lock();
        try {
            expired.addAll(issued.keySet());
        } finally {
            lock.unlock();
        }
    }

    void revoke(String value) {
        lock.lock();
        try {
            revoked.add(value);
        } finally {
            lock.unlock();
        }
    }

    void revokeAll() {
        lock.lock();
        try {
            revoked.addAll(issued.keySet());
        } finally {
            lock.unlock();
        }
    }

    void revokeFamily(String family) {
        lock.lock();
        try {
            issued.values().stream()
                    .filter(token -> token.family().equals(family))
                    .forEach(token -> revoked.add(token.value()));
        } finally {
            lock.unlock();
        }
    }

    List<String> values() {
        lock.lock();
        try {
            return List.copyOf(new ArrayList<>(issued.keySet()));
        } finally {
            lock.unlock();
        }
    }
}
