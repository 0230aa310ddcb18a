package dev.latchkey;

import dev.latchkey.store.StoredToken;
import dev.latchkey.token.RefreshToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A state that is to be written, and what it may take the place of.
 *
 * @param next the state, of a generation that no store has; it gets its own when it is written
 * @param spent refresh tokens: a state with one of them is older than this one
 * @param decidedAt when a person signed in or out, if that is what it comes from: every state of an earlier sign-in is older
 * @param triedAs the first generation under which it was tried to be written, since that may have been done without a word of
 *     it; 0 for none
 */
record Unsaved(
        StoredToken next,
        List<RefreshToken> spent,
        @Nullable Instant decidedAt,
        long triedAs) {
    /** No store gets as far, so that a compare-and-set from here matches nothing that others wrote meanwhile. */
    private static final long OF_NO_STORE = Long.MAX_VALUE / 2;

    Unsaved {
        next = next.generation() == OF_NO_STORE ? next : next.withGeneration(OF_NO_STORE);
    }

    static Unsaved decision(StoredToken next, Instant decidedAt) {
        return new Unsaved(next, List.of(), decidedAt, 0);
    }

    /**
     * What comes of a refresh token other than the one that waits is of a past that a person has ended: what was decided stands.
     * What the store has may be older still than what waits; or it may be just that, if the word that it was written got lost.
     */
    static Unsaved successor(@Nullable Unsaved before, StoredToken next, RefreshToken spent) {
        if (before == null) {
            return new Unsaved(next, List.of(spent), null, 0);
        }
        if (!before.has(spent)) {
            return before;
        }
        List<RefreshToken> all = new ArrayList<>(before.spent);
        all.add(spent);
        return new Unsaved(next, List.copyOf(all), before.decidedAt, before.triedAs);
    }

    Unsaved with(StoredToken other) {
        return new Unsaved(other, spent, decidedAt, triedAs);
    }

    /** The same, after a try to write it under a generation that ended without a word. */
    Unsaved withTry(long generation) {
        return triedAs == 0 ? new Unsaved(next, spent, decidedAt, generation) : this;
    }

    boolean replaces(StoredToken present) {
        return isLaterDecisionThan(present)
                || present.refreshToken()
                        .filter(token -> spent.stream().anyMatch(token::hasSameValueAs))
                        .isPresent();
    }

    private boolean isLaterDecisionThan(StoredToken present) {
        return decidedAt != null
                && !mayHaveBecome(present)
                && present.signedInAt()
                        .filter(signedIn -> signedIn.isAfter(decidedAt))
                        .isEmpty();
    }

    /** A sign-in that was written, though nobody said so: siblings may have renewed its token since. */
    private boolean mayHaveBecome(StoredToken present) {
        return triedAs != 0
                && next.ended().isEmpty()
                && present.generation() >= triedAs
                && present.signedInAt().equals(Optional.ofNullable(decidedAt));
    }

    private boolean has(RefreshToken token) {
        return next.refreshToken().filter(token::hasSameValueAs).isPresent();
    }
}
