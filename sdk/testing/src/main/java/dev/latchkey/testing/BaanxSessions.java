package dev.latchkey.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which person signed in by which client; a session is a family of refresh tokens. */
final class BaanxSessions {

    /** One sign-in. */
    record Session(String clientKey, String userId) {

        @Override
        public String toString() {
            return "Session[" + userId + "]";
        }
    }

    private static final Session NOBODY = new Session("", "");

    private final RefreshTokens refreshTokens;
    private final Map<String, Session> byFamily = new ConcurrentHashMap<>();

    BaanxSessions(RefreshTokens refreshTokens) {
        this.refreshTokens = refreshTokens;
    }

    RefreshTokens.Exchange open(Principal person) {
        byFamily.put(person.family(), new Session(person.client(), person.userId()));
        return refreshTokens.open(person);
    }

    String userOf(AccessTokens.Issued token) {
        return byFamily.getOrDefault(token.family(), NOBODY).userId();
    }

    /** Ends the session that the token is of. */
    void end(AccessTokens.Issued token) {
        refreshTokens.revokeFamily(token.family());
    }

    /** Ends every session of the token's user at its client. */
    void endAll(AccessTokens.Issued token) {
        Session ended = byFamily.getOrDefault(token.family(), NOBODY);
        byFamily.forEach((family, session) -> {
            if (session.equals(ended)) {
                refreshTokens.revokeFamily(family);
            }
        });
    }
}
