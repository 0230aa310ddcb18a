package dev.latchkey.testing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The clients by realm and id, and the people with a password. */
final class OathClients {

    private final Map<String, OathClient> clients = new ConcurrentHashMap<>();
    private final Map<String, String> passwords = new ConcurrentHashMap<>();

    void put(FakeClient client, String realm) {
        if (!Checks.notBlank(realm, "realm").equals(realm.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("realm must be lower case, but is " + realm);
        }
        if (client.scopes().isEmpty()) {
            throw new IllegalArgumentException("scopes must name at least one: every request asks for some");
        }
        OathClient registered = new OathClient(realm, client);
        clients.put(registered.key(), registered);
    }

    void putUser(String name, String password) {
        passwords.put(Checks.notBlank(name, "name"), Checks.notBlank(password, "password"));
    }

    /** The realm is compared as it is sent: none is in another case. */
    Optional<OathClient> find(String realm, String clientId) {
        return byKey(OathClient.key(realm, clientId));
    }

    Optional<OathClient> byKey(String key) {
        return Optional.ofNullable(clients.get(key));
    }

    OathClient onlyOne() {
        List<OathClient> all = List.copyOf(clients.values());
        if (all.size() != 1) {
            throw new IllegalStateException("There are " + all.size()
                    + " registered clients: register one, and sign in before you register the next");
        }
        return all.get(0);
    }

    boolean isPassword(String name, String password) {
        return Objects.equals(passwords.get(name), password);
    }
}
