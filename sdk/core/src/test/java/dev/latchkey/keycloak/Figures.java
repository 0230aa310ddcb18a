package dev.latchkey.keycloak;

import dev.latchkey.event.EventListener;
import dev.latchkey.event.TokenEvent;
import dev.latchkey.event.TokenIssued;
import dev.latchkey.event.TokenRequestFailed;
import java.util.concurrent.atomic.AtomicInteger;

/** What was counted over all tests. */
final class Figures implements EventListener {
    private final AtomicInteger tests = new AtomicInteger();
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger failedCalls = new AtomicInteger();
    private final AtomicInteger renewals = new AtomicInteger();
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger rotations = new AtomicInteger();

    @Override
    public void onEvent(TokenEvent event) {
        if (event instanceof TokenIssued issued) {
            tokens.incrementAndGet();
            if (issued.key().grantType().equals("refresh_token")) {
                rotations.incrementAndGet();
            }
        } else if (event instanceof TokenRequestFailed) {
            refusals.incrementAndGet();
        }
    }

    void testRan() {
        tests.incrementAndGet();
    }

    void signedIn() {
        logins.incrementAndGet();
    }

    /** Adds what a test under load saw. */
    void load(int madeCalls, int failed, int renewed) {
        calls.addAndGet(madeCalls);
        failedCalls.addAndGet(failed);
        renewals.addAndGet(renewed);
    }

    @Override
    public String toString() {
        return "tests=" + tests + " tokens=" + tokens + " refusals=" + refusals + " calls=" + calls + " failed_calls="
                + failedCalls + " renewals=" + renewals + " logins=" + logins + " rotations=" + rotations;
    }
}
