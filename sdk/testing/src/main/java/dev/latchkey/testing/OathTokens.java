package dev.latchkey.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Opaque access tokens in the form of UUIDs, each of a principal; and the answers that bring them. */
final class OathTokens {

    private final SimulatorState state;
    private final OathClients clients;
    private final Map<String, Principal> principals = new ConcurrentHashMap<>();
    private volatile boolean lifeAsText;

    OathTokens(SimulatorState state, OathClients clients) {
        this.state = state;
        this.clients = clients;
    }

    void lifeAsText(boolean text) {
        lifeAsText = text;
    }

    static String value() {
        return UUID.randomUUID().toString();
    }

    /** What an access token brings along besides. */
    interface Extra {

        Extra NONE = accessToken -> Optional.empty();

        Optional<String> idToken(String accessToken);
    }

    /** An access token for the principal, in the form of RFC 6749, section 5.1. */
    Reply issue(Principal principal, Optional<String> refreshToken) {
        return issue(principal, refreshToken, Extra.NONE);
    }

    Reply issue(Principal principal, Optional<String> refreshToken, Extra extra) {
        principals.put(principal.family(), principal);
        AccessTokens.Issued issued =
                state.accessTokens.issue(value(), clientId(principal), principal.scopes(), principal.family());
        ObjectNode body = Json.object().put("access_token", issued.value());
        refreshToken.ifPresent(token -> body.put("refresh_token", token));
        extra.idToken(issued.value()).ifPresent(token -> body.put("id_token", token));
        body.put("scope", Scopes.text(issued.scopes())).put("token_type", "Bearer");
        return Reply.json(200, withLife(body, state.settings.tokenLife.toSeconds()))
                .with("Cache-Control", "no-store");
    }

    private ObjectNode withLife(ObjectNode body, long seconds) {
        return lifeAsText ? body.put("expires_in", Long.toString(seconds)) : body.put("expires_in", seconds);
    }

    Optional<AccessTokens.Issued> active(String token) {
        return state.accessTokens.active(token);
    }

    Principal principal(AccessTokens.Issued issued) {
        return principals.getOrDefault(issued.family(), new Principal("", "", "", Set.of()));
    }

    /** Empty where the client is gone. */
    String realm(AccessTokens.Issued issued) {
        return clients.byKey(principal(issued).client()).map(OathClient::realm).orElse("");
    }

    private String clientId(Principal principal) {
        return clients.byKey(principal.client()).map(OathClient::id).orElse("");
    }
}
