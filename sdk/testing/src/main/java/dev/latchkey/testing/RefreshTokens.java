package dev.latchkey.testing;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Refresh tokens, each in a family: all that descend from one grant by rotation. A used one that comes again kills its
 * family (RFC 9700, section 4.14.2), unless it comes within the grace period.
 */
final class RefreshTokens {

    private final InstantSource time;
    private final Settings settings;
    private final AccessTokens accessTokens;

    /** Guards everything below, the families included. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Family> byToken = new HashMap<>();
    private int killed;

    private static final class Family {
        private final String id;
        private final String clientId;
        private final Set<String> scopes;
        private final Map<String, Instant> usedAt = new HashMap<>();
        private String current;
        private Instant expiresAt;
        private boolean dead;

        Family(Principal principal, String current, Instant expiresAt) {
            this.id = principal.family();
            this.clientId = principal.client();
            this.scopes = principal.scopes();
            this.current = current;
            this.expiresAt = expiresAt;
        }
    }

    /** What a refresh token was exchanged for; {@code refreshToken} is empty where the old one stays in use. */
    record Exchange(String family, Set<String> scopes, Optional<String> refreshToken) {

        @Override
        public String toString() {
            return "Exchange[" + scopes + "]";
        }
    }

    RefreshTokens(InstantSource time, Settings settings, AccessTokens accessTokens) {
        this.time = time;
        this.settings = settings;
        this.accessTokens = accessTokens;
    }

    Exchange open(String clientId, Set<String> scopes) {
        return open(Principal.of(clientId, "", scopes));
    }

    /** The first token of the principal's family. */
    Exchange open(Principal principal) {
        Family family = new Family(principal, RandomValues.next("rt_"), expiry());
        lock.lock();
        try {
            byToken.put(family.current, family);
            return new Exchange(family.id, family.scopes, Optional.of(family.current));
        } finally {
            lock.unlock();
        }
    }

    private Instant expiry() {
        return time.instant().plus(settings.refreshTokenLife);
    }

    /** A refusal for the client or the scope leaves the token as good as it was. */
    Exchange exchange(String token, String clientId, Set<String> asked) {
        lock.lock();
        try {
            Family family = living(token, clientId);
            if (!token.equals(family.current)) {
                checkReplay(token, family);
            }
            Set<String> scopes = Scopes.grant(asked, family.scopes);
            return new Exchange(family.id, scopes, rotate(token, family));
        } finally {
            lock.unlock();
        }
    }

    private Family living(String token, String clientId) {
        Family family = byToken.get(token);
        if (family == null) {
            throw Refusal.of("invalid_grant", "The refresh token was not issued here");
        }
        if (!family.clientId.equals(clientId)) {
            throw Refusal.of("invalid_grant", "The refresh token was issued to another client");
        }
        if (family.dead) {
            throw Refusal.of("invalid_grant", "The refresh token's family was revoked");
        }
        if (!time.instant().isBefore(family.expiresAt)) {
            throw Refusal.of("invalid_grant", "The refresh token expired");
        }
        return family;
    }

    private void checkReplay(String token, Family family) {
        Instant usedAt = family.usedAt.getOrDefault(token, Instant.MIN);
        if (time.instant().isBefore(usedAt.plus(settings.refreshTokenGrace))) {
            return;
        }
        kill(family);
        throw Refusal.replay("The refresh token was used before: its family is revoked");
    }

    /** In its grace period a used token gets the present one again, so that the family never forks. */
    private Optional<String> rotate(String token, Family family) {
        if (!token.equals(family.current)) {
            return Optional.of(family.current);
        }
        if (!settings.rotateRefreshTokens) {
            return Optional.empty();
        }
        family.usedAt.put(token, time.instant());
        family.current = RandomValues.next("rt_");
        family.expiresAt = expiry();
        byToken.put(family.current, family);
        return Optional.of(family.current);
    }

    private void kill(Family family) {
        killed++;
        end(family);
    }

    /** Whose token that is, whether it is good or not; nothing is known of the person. */
    Optional<Principal> holder(String token) {
        lock.lock();
        try {
            return Optional.ofNullable(byToken.get(token))
                    .map(family -> new Principal(family.id, family.clientId, "", family.scopes));
        } finally {
            lock.unlock();
        }
    }

    boolean isCurrent(String token) {
        lock.lock();
        try {
            Family family = byToken.get(token);
            return family != null
                    && !family.dead
                    && token.equals(family.current)
                    && time.instant().isBefore(family.expiresAt);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the family by an administrator's hand, which is no kill. */
    void revoke(String token) {
        lock.lock();
        try {
            Family family = byToken.get(token);
            if (family != null) {
                end(family);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the family of that id, likewise. */
    void revokeFamily(String id) {
        lock.lock();
        try {
            byToken.values().stream().filter(family -> family.id.equals(id)).forEach(this::end);
        } finally {
            lock.unlock();
        }
    }

    private void end(Family family) {
        family.dead = true;
        accessTokens.revokeFamily(family.id);
    }

    int killed() {
        lock.lock();
        try {
            return killed;
        } finally {
            lock.unlock();
        }
    }
}
