package dev.latchkey;

import dev.latchkey.error.TokenStoreException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * A lease that is renewed for as long as it is held. So it can be short: one whose holder died is free after seconds, while
 * servers still take a spent refresh token.
 *
 * <p>Thread-safety: safe.
 */
final class HeldLease {
    /** Half of the ten seconds for which servers commonly take a spent refresh token. */
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(5);
    /** Renewals in one life, so that one that fails does not end it. */
    private static final int BEATS = 3;

    private final String owner = UUID.randomUUID().toString();
    private final Place place;
    private final Terms terms;
    private final Engine engine;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.HELD);
    private volatile BooleanSupplier needed = () -> false;
    /** The ticker as it stood before the lease was last taken or renewed. */
    private volatile long sinceNanos;

    private enum Phase {
        /** Somebody works under it. */
        HELD,
        /** Nobody does, but the others are to wait. */
        KEPT,
        RETURNING,
        RETURNED
    }

    /** Where the leases of one key are. */
    interface Place {
        boolean lease(String owner, Duration life) throws TokenStoreException;

        void release(String owner) throws TokenStoreException;
    }

    /**
     * How long a lease is held.
     *
     * @param life how long it lasts if it is not renewed
     * @param longest how long it is renewed at most: a holder that hangs must not keep the others waiting for ever
     */
    record Terms(Duration life, Duration longest) {
        static Terms of(Duration life, Duration longest) {
            return new Terms(life.compareTo(LONGEST_LIFE) < 0 ? life : LONGEST_LIFE, longest);
        }
    }

    HeldLease(Place place, Terms terms, Engine engine) {
        this.place = place;
        this.terms = terms;
        this.engine = engine;
    }

    /** Tells whether it is held now. */
    boolean take() throws TokenStoreException {
        boolean taken = renewed();
        if (taken) {
            work();
            beatLater();
        }
        return taken;
    }

    /** Goes on with one that was kept; tells whether it is held now. Where it is not, it is given up. */
    boolean resume() throws TokenStoreException {
        if (!phase.compareAndSet(Phase.KEPT, Phase.HELD)) {
            return false;
        }
        work();
        boolean held = false;
        try {
            held = renewed();
        } finally {
            if (!held) {
                giveBack();
            }
        }
        return held;
    }

    private void work() {
        long begun = engine.time().nanos();
        needed = () -> engine.time().nanos() - begun < terms.longest().toNanos();
    }

    /** Holds it on until it is needed no more, or somebody resumes it. */
    void keepWhile(BooleanSupplier stillNeeded) {
        needed = stillNeeded;
        phase.set(Phase.KEPT);
    }

    /** Gives it back if nobody works under it. */
    void giveBackIfKept() {
        if (phase.compareAndSet(Phase.KEPT, Phase.RETURNING)) {
            giveBack();
        }
    }

    /** Gives it back. Where that fails, it is tried again until the lease is over by itself. */
    void giveBack() {
        phase.set(Phase.RETURNING);
        try {
            place.release(owner);
            phase.set(Phase.RETURNED);
        } catch (TokenStoreException e) {
            beatLater();
        }
    }

    /** {@return whether nobody else can have it} */
    boolean isHeld() {
        return heldFor().compareTo(terms.life()) < 0;
    }

    /** {@return whether there is time left to send something: whoever is later may meet what another sends} */
    boolean isSafe() {
        return heldFor().compareTo(terms.life().dividedBy(2)) < 0;
    }

    Duration heldFor() {
        return Duration.ofNanos(engine.time().nanos() - sinceNanos);
    }

    private boolean renewed() throws TokenStoreException {
        long now = engine.time().nanos();
        boolean held = place.lease(owner, terms.life());
        if (held) {
            sinceNanos = now;
        }
        return held;
    }

    private void beatLater() {
        var unused = engine.later(terms.life().dividedBy(BEATS)).thenRun(this::beat);
    }

    private void beat() {
        switch (phase.get()) {
            case HELD, KEPT -> {
                if (needed.getAsBoolean()) {
                    renew();
                } else {
                    giveBackIfKept();
                }
                if (phase.get() == Phase.HELD || phase.get() == Phase.KEPT) {
                    beatLater();
                }
            }
            case RETURNING -> {
                if (isHeld()) {
                    giveBack();
                }
            }
            case RETURNED -> {}
        }
    }

    /** What was given back meanwhile is given back once more, since the renewal may have come later. */
    private void renew() {
        try {
            var unused = renewed();
        } catch (TokenStoreException e) {
            // The next beat tries again; the time runs on.
            return;
        } finally {
            if (phase.get() == Phase.RETURNING || phase.get() == Phase.RETURNED) {
                giveBack();
            }
        }
    }
}
