package dev.latchkey.testing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The registered clients by id. */
final class Registrations {

    private final Map<String, FakeClient> clients = new ConcurrentHashMap<>();

    void put(FakeClient client) {
        clients.put(client.clientId(), client);
    }

    void addKeys(FakeClient client) {
        clients.merge(client.clientId(), client, FakeClient::withKeysOf);
    }

    Optional<FakeClient> find(String clientId) {
        return Optional.ofNullable(clients.get(clientId));
    }

    FakeClient require(String clientId) {
        return find(clientId).orElseThrow(() -> Refusal.invalidClient("No client " + clientId + " is registered"));
    }
}
