package dev.latchkey.chaos;

import java.util.concurrent.atomic.AtomicInteger;

/** What was counted over all scenarios. */
final class Figures {
    /** Processes that were killed. */
    final AtomicInteger kills = new AtomicInteger();

    /** Sessions that ended though they should not, or without the true reason. */
    final AtomicInteger lost = new AtomicInteger();

    /** Stored states that could not be read. */
    final AtomicInteger corrupt = new AtomicInteger();

    /** Sessions that ended since an answer was lost with its process and the server gives no grace: unavoidable, and said. */
    final AtomicInteger inDoubt = new AtomicInteger();

    /** Expiries of a token that many processes share. */
    final AtomicInteger rotations = new AtomicInteger();

    /** Token requests beyond one for each of those. */
    final AtomicInteger extraRequests = new AtomicInteger();

    /** Families of refresh tokens that a server revoked since a spent one came again, though it gave grace. */
    final AtomicInteger revokedFamilies = new AtomicInteger();

    @Override
    public String toString() {
        return "kills=" + kills + " lost=" + lost + " corrupt=" + corrupt + " in_doubt=" + inDoubt + " rotations="
                + rotations + " extra_requests=" + extraRequests + " revoked_families=" + revokedFamilies;
    }
}
