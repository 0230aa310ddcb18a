package dev.latchkey.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Access tokens of 40 hexadecimal digits, and the answers that bring them. One of a person has a family, one of a client none. */
final class OlxTokens {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 20;

    private final AccessTokens accessTokens;
    private final InstantSource time;
    private final Map<String, String> latest = new ConcurrentHashMap<>();
    private volatile boolean lifeAsText;
    private volatile boolean sameOnEarlyRefresh = true;

    OlxTokens(AccessTokens accessTokens, InstantSource time) {
        this.accessTokens = accessTokens;
        this.time = time;
    }

    void lifeAsText(boolean text) {
        lifeAsText = text;
    }

    void sameOnEarlyRefresh(boolean same) {
        sameOnEarlyRefresh = same;
    }

    static String value() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    Reply forClient(String clientId, Set<String> scopes) {
        return reply(accessTokens.issue(value(), clientId, scopes, ""), Optional.empty());
    }

    Reply forPerson(SignIn signIn, Set<String> scopes) {
        Principal principal = signIn.principal();
        AccessTokens.Issued token = present(principal.family())
                .filter(issued -> issued.scopes().equals(scopes))
                .orElseGet(() -> accessTokens.issue(value(), principal.client(), scopes, principal.family()));
        latest.put(principal.family(), token.value());
        return reply(token, Optional.of(signIn.refreshToken()));
    }

    private Optional<AccessTokens.Issued> present(String family) {
        return sameOnEarlyRefresh ? accessTokens.active(latest.getOrDefault(family, "")) : Optional.empty();
    }

    private Reply reply(AccessTokens.Issued token, Optional<String> refreshToken) {
        ObjectNode body = Json.object().put("access_token", token.value());
        long seconds = Duration.between(time.instant(), token.expiresAt()).toSeconds();
        if (lifeAsText) {
            body.put("expires_in", Long.toString(seconds));
        } else {
            body.put("expires_in", seconds);
        }
        body.put("token_type", "bearer").put("scope", reversed(token.scopes()));
        refreshToken.ifPresent(value -> body.put("refresh_token", value));
        return Reply.json(200, body).with("Cache-Control", "no-store");
    }

    /** The real order is another than that of the request, and not always the same. */
    private static String reversed(Set<String> scopes) {
        List<String> words = new ArrayList<>(scopes);
        Collections.reverse(words);
        return String.join(" ", words);
    }
}
