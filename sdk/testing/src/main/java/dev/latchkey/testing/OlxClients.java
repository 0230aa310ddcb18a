package dev.latchkey.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The clients by id. */
final class OlxClients {

    private final Map<String, OlxClient> clients = new ConcurrentHashMap<>();

    void put(OlxClient client) {
        clients.put(client.id(), client);
    }

    void change(String clientId, UnaryOperator<OlxClient> change) {
        if (clients.computeIfPresent(clientId, (id, client) -> change.apply(client)) == null) {
            throw new IllegalArgumentException("clientId " + clientId + " is not registered: register it first");
        }
    }

    Optional<OlxClient> find(String clientId) {
        return Optional.ofNullable(clients.get(clientId));
    }

    OlxClient onlyOne() {
        List<OlxClient> all = List.copyOf(clients.values());
        if (all.size() != 1) {
            throw new IllegalStateException("There are " + all.size()
                    + " registered clients: register one, and sign in before you register the next");
        }
        return all.get(0);
    }
}
