package dev.latchkey.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The authorizations that were initiated and wait for a person, by session token; each ends in one code, or after ten minutes. */
final class BaanxAuthorizations {

    private static final Duration LIFE = Duration.ofMinutes(10);

    private final ErrorCatalog errors;
    private final InstantSource time;
    private final AuthorizationCodes codes;
    private final Map<String, Pending> waiting = new ConcurrentHashMap<>();

    /** What a client asked for, and when. */
    record Pending(String clientKey, AuthorizationRequest request, Instant at) {

        Callback callback() {
            return Callback.to(request.text("redirect_uri")).with("state", request.text("state"));
        }
    }

    /** An authorization that a person agreed to. */
    record Agreed(Pending pending, String code) {

        String callback() {
            return pending.callback().with("code", code).uri();
        }

        @Override
        public String toString() {
            return "Agreed[" + pending + "]";
        }
    }

    BaanxAuthorizations(ErrorCatalog errors, InstantSource time, AuthorizationCodes codes) {
        this.errors = errors;
        this.time = time;
        this.codes = codes;
    }

    /** The session token. */
    String initiate(String clientKey, AuthorizationRequest request) {
        String session = RandomValues.next("session_");
        waiting.put(session, new Pending(clientKey, request, time.instant()));
        return session;
    }

    /** Which client waits for that session. */
    Pending require(String session) {
        Pending pending = waiting.get(session);
        if (pending == null) {
            throw errors.refusal("baanx-session", "The session is unknown, or ended in a code before");
        }
        if (!time.instant().isBefore(pending.at().plus(LIFE))) {
            throw errors.refusal(
                    "baanx-session", "The session began at " + pending.at() + ", more than 10 minutes ago");
        }
        return pending;
    }

    Agreed agree(String session, String userId) {
        Pending pending = require(session);
        if (!waiting.remove(session, pending)) {
            throw errors.refusal("baanx-session", "The session ended in a code at this moment");
        }
        Principal principal = Principal.of(pending.clientKey(), userId, Set.of());
        String code =
                codes.issue(RandomValues.next("code_"), new Consent(principal, pending.request(), time.instant()));
        return new Agreed(pending, code);
    }

    void end(String session) {
        waiting.remove(session);
    }
}
