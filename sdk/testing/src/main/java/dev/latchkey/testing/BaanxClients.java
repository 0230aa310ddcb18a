package dev.latchkey.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The client keys that Baanx knows, and the secret keys of those that have one. */
final class BaanxClients {

    static final String CLIENT_KEY = "x-client-key";
    static final String SECRET_KEY = "x-secret-key";

    /** An empty secret key for none. */
    private final Map<String, String> secretKeys = new ConcurrentHashMap<>();

    void register(String clientKey, String secretKey) {
        secretKeys.put(clientKey, secretKey);
    }

    void require(String clientKey) {
        if (!secretKeys.containsKey(clientKey)) {
            throw new IllegalArgumentException("clientKey is not registered: call registerClient with it first");
        }
    }

    String onlyOne() {
        List<String> keys = List.copyOf(secretKeys.keySet());
        if (keys.size() != 1) {
            throw new IllegalStateException("There are " + keys.size()
                    + " registered clients: register one, or name it with signInBy(clientKey, userId)");
        }
        return keys.get(0);
    }

    /** The end of the id of the error, empty for a known key. */
    String fault(Optional<String> clientKey) {
        if (clientKey.isEmpty()) {
            return "499";
        }
        return secretKeys.containsKey(clientKey.get()) ? "" : "498";
    }

    boolean isSecret(String clientKey, Optional<String> secretKey) {
        String expected = secretKeys.getOrDefault(clientKey, "");
        return expected.isEmpty()
                || secretKey.filter(sent -> isSame(expected, sent)).isPresent();
    }

    private static boolean isSame(String expected, String actual) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }

    /** The number only: a client key names a customer of the provider. */
    @Override
    public String toString() {
        return "BaanxClients[" + secretKeys.size() + "]";
    }
}
