package dev.latchkey.testing;

import java.util.Set;

/** A client, whether it may still do anything, and by which grants it may get tokens. */
record OlxClient(FakeClient registered, boolean active, Set<String> grants) {

    private static final Set<String> ALL = Set.of("authorization_code", "client_credentials", "refresh_token");

    static OlxClient of(FakeClient registered) {
        return new OlxClient(registered, true, ALL);
    }

    OlxClient deactivated() {
        return new OlxClient(registered, false, grants);
    }

    OlxClient withGrants(Set<String> allowed) {
        if (!ALL.containsAll(allowed)) {
            throw new IllegalArgumentException("grants must be of " + ALL + ", but are " + allowed);
        }
        return new OlxClient(registered, active, Set.copyOf(allowed));
    }

    String id() {
        return registered.clientId();
    }
}
