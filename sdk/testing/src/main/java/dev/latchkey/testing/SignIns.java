package dev.latchkey.testing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The people who signed in, found by refresh token. A replaced refresh token is refused and harms nobody, unlike in {@link
 * RefreshTokens}: these providers do not say that they end a sign-in over it.
 */
final class SignIns {

    private final Expectation refused;
    private final InstantSource time;
    private final Duration life;

    /** Guards everything below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, String> families = new HashMap<>();
    private final Map<String, SignIn> signIns = new HashMap<>();

    /** The documented error that a bad refresh token meets. */
    record Expectation(ErrorCatalog errors, String id) {}

    /** With the life of a refresh token from its last use on. */
    SignIns(Expectation refused, InstantSource time, Duration life) {
        this.refused = refused;
        this.time = time;
        this.life = life;
    }

    /** The refresh token. */
    String open(SignIn signIn) {
        lock.lock();
        try {
            keep(signIn);
            return signIn.refreshToken();
        } finally {
            lock.unlock();
        }
    }

    /** Uses the token; the rule makes of its sign-in what it is afterwards, or throws and leaves all as it was. */
    SignIn use(String token, UnaryOperator<SignIn> rule) {
        lock.lock();
        try {
            SignIn after = rule.apply(living(token));
            keep(after);
            return after;
        } finally {
            lock.unlock();
        }
    }

    private void keep(SignIn signIn) {
        String family = signIn.principal().family();
        families.put(signIn.refreshToken(), family);
        signIns.put(family, signIn);
    }

    private SignIn living(String token) {
        String family = families.get(token);
        if (family == null) {
            throw refusal("The refresh token was not issued here");
        }
        SignIn signIn = signIns.get(family);
        if (signIn == null) {
            throw refusal("The sign-in of the refresh token was revoked");
        }
        if (!signIn.refreshToken().equals(token)) {
            throw refused.errors().misuse(refused.id(), "The refresh token was replaced before by a newer one");
        }
        if (isOver(signIn)) {
            throw refusal("The refresh token is too old");
        }
        return signIn;
    }

    private Refusal refusal(String reason) {
        return refused.errors().refusal(refused.id(), reason);
    }

    private boolean isOver(SignIn signIn) {
        return !time.instant().isBefore(signIn.usedAt().plus(life));
    }

    boolean isCurrent(String token) {
        lock.lock();
        try {
            SignIn signIn = signIns.get(families.getOrDefault(token, ""));
            return signIn != null && signIn.refreshToken().equals(token) && !isOver(signIn);
        } finally {
            lock.unlock();
        }
    }

    /** The sign-in that the refresh token is or was of, empty where there is none any more. */
    Optional<SignIn> find(String token) {
        lock.lock();
        try {
            return Optional.ofNullable(signIns.get(families.getOrDefault(token, "")));
        } finally {
            lock.unlock();
        }
    }

    /** Ends the sign-in of that family. */
    void end(String family) {
        lock.lock();
        try {
            signIns.remove(family);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the sign-in of the refresh token; its family, empty where there was none. */
    Optional<String> revoke(String token) {
        lock.lock();
        try {
            Optional<String> family = Optional.ofNullable(families.get(token));
            family.ifPresent(signIns::remove);
            return family;
        } finally {
            lock.unlock();
        }
    }
}
