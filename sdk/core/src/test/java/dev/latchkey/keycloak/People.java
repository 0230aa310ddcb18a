package dev.latchkey.keycloak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who can sign in, and the clients to sign in with: of each kind one whose tokens live for 5 minutes, and one of 5 seconds. */
final class People {
    static final String KEY_CLIENT = "login-key-client";
    static final String PUBLIC_CLIENT = "login-public-client";
    static final String SHORT_KEY_CLIENT = "login-short-key-client";
    static final String SHORT_PUBLIC_CLIENT = "login-short-public-client";
    /** It asks the person for consent, which can be declined. */
    static final String CONSENT_CLIENT = "login-consent-client";

    static final String CALLBACK = "https://app.example.com/callback";
    static final String USER = "jo";

    private final String password;

    People(String password) {
        this.password = password;
    }

    String password() {
        return password;
    }

    /** Whole profiles: Keycloak asks for what is missing before it lets anybody in. */
    List<Map<String, Object>> users() {
        return List.of(Map.of(
                "username",
                USER,
                "enabled",
                true,
                "email",
                "jo@example.com",
                "emailVerified",
                true,
                "firstName",
                "Jo",
                "lastName",
                "Doe",
                "credentials",
                List.of(Map.of("type", "password", "value", password, "temporary", false))));
    }

    List<Map<String, Object>> clients(TestRealm realm) {
        Map<String, Object> consenting = publicClient(CONSENT_CLIENT);
        consenting.put("consentRequired", true);
        List<Map<String, Object>> clients = new ArrayList<>();
        clients.add(keyClient(KEY_CLIENT, realm));
        clients.add(publicClient(PUBLIC_CLIENT));
        clients.add(shortLived(keyClient(SHORT_KEY_CLIENT, realm)));
        clients.add(shortLived(publicClient(SHORT_PUBLIC_CLIENT)));
        clients.add(consenting);
        return clients;
    }

    private static Map<String, Object> keyClient(String clientId, TestRealm realm) {
        Map<String, Object> client = signIn(TestRealm.client(clientId, "client-jwt"));
        client.put("attributes", withPkce(TestRealm.keyAttributes(realm.ec())));
        return client;
    }

    private static Map<String, Object> publicClient(String clientId) {
        Map<String, Object> client = signIn(TestRealm.client(clientId, "client-secret"));
        client.put("publicClient", true);
        client.put("attributes", withPkce(Map.of()));
        return client;
    }

    private static Map<String, Object> signIn(Map<String, Object> client) {
        client.put("serviceAccountsEnabled", false);
        client.put("standardFlowEnabled", true);
        client.put("redirectUris", List.of(CALLBACK));
        return client;
    }

    /** Keycloak refuses whoever comes without a challenge, or with a plain one. */
    private static Map<String, Object> withPkce(Map<String, Object> attributes) {
        return TestRealm.with(attributes, "pkce.code.challenge.method", "S256");
    }

    private static Map<String, Object> shortLived(Map<String, Object> client) {
        Map<String, Object> attributes = new HashMap<>();
        ((Map<?, ?>) client.get("attributes")).forEach((name, value) -> attributes.put(String.valueOf(name), value));
        attributes.put("access.token.lifespan", "5");
        client.put("attributes", attributes);
        return client;
    }
}
