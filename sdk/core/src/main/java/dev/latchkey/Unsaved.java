package dev.latchkey;

import dev.latchkey.store.StoredToken;
import dev.latchkey.token.RefreshToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state that is to be written, and what it may take the place of.
 *
 * @param next the state
 * @param spent refresh tokens: a state with one of them is older than this one
 * @param decidedAt when a person signed in or out, if that is what it comes from: every state of an earlier sign-in is older
 */
record Unsaved(
        StoredToken next,
        List<RefreshToken> spent,
        @Nullable Instant decidedAt) {
    static Unsaved decision(StoredToken next, Instant decidedAt) {
        return new Unsaved(next, List.of(), decidedAt);
    }

    /**
     * What the store has may be older still than what waits; or it may be just that, if the word that it was written got lost.
     */
    static Unsaved successor(@Nullable Unsaved before, StoredToken next, RefreshToken spent) {
        if (before == null) {
            return new Unsaved(next, List.of(spent), null);
        }
        List<RefreshToken> all = new ArrayList<>(before.spent);
        all.add(spent);
        return new Unsaved(next, List.copyOf(all), before.decidedAt);
    }

    Unsaved with(StoredToken other) {
        return new Unsaved(other, spent, decidedAt);
    }

    boolean replaces(StoredToken present) {
        boolean older = decidedAt != null
                && present.signedInAt()
                        .filter(signedIn -> signedIn.isAfter(decidedAt))
                        .isEmpty();
        return older
                || present.refreshToken()
                        .filter(token -> spent.stream().anyMatch(token::hasSameValueAs))
                        .isPresent();
    }
}
