package dev.latchkey.keycloak;

import dev.latchkey.TokenManager;
import dev.latchkey.event.EventListener;
import dev.latchkey.provider.Provider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The server, its realms and what is counted; one for all tests. */
final class Keycloak implements AutoCloseable {
    private final TestRealm realm;
    private final KeycloakServer server;
    private final Figures figures = new Figures();

    private Keycloak(TestRealm realm, KeycloakServer server) {
        this.realm = realm;
        this.server = server;
    }

    static Keycloak start() throws IOException {
        TestRealm realm = new TestRealm();
        Path home = Path.of(System.getProperty("keycloak.home"));
        return new Keycloak(realm, KeycloakServer.start(home, TestRealm.NAME, realm.json()));
    }

    TestRealm realm() {
        return realm;
    }

    KeycloakServer server() {
        return server;
    }

    Figures figures() {
        return figures;
    }

    /** {@return the server, seen from the realm in which a spent refresh token may be used once more} */
    KeycloakServer lenient() {
        return server.ofRealm(TestRealm.LENIENT);
    }

    /** A manager that does nothing out of the ordinary, as a user would build it. */
    TokenManager.Builder manager(String clientId, EventListener... listeners) {
        return manager(
                Provider.builder(server.tokenEndpoint()).issuer(server.issuer()).build(), clientId, listeners);
    }

    /** Such a manager for a provider. */
    TokenManager.Builder manager(Provider provider, String clientId, EventListener... listeners) {
        List<EventListener> own = List.of(listeners);
        return TokenManager.builder(provider).clientId(clientId).eventListener(event -> {
            figures.onEvent(event);
            own.forEach(listener -> listener.onEvent(event));
        });
    }

    @Override
    public void close() {
        server.close();
        Console.line(figures.toString());
    }
}
