package dev.latchkey.keycloak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.clientauth.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A realm with a client for each way to prove itself. Its keys and secrets are made anew for each run. */
final class TestRealm {
    static final String NAME = "latchkey";
    /** The same, but a spent refresh token may be used once more. */
    static final String LENIENT = "latchkey-lenient";

    static final String RS384 = "rs384-client";
    static final String ES384 = "es384-client";
    static final String HS256 = "hs256-client";
    static final String HS512 = "hs512-client";
    static final String SHORT_SECRET = "short-secret-client";
    static final String POST = "post-client";
    /** Its tokens live for 5 seconds. */
    static final String SHORT_LIVED = "short-lived-client";
    /** It may not use client_credentials. */
    static final String NO_GRANT = "no-grant-client";
    /** Each of these characters means something else where nobody encodes it. */
    static final String HOSTILE = "a:b%41+c &=\u00e9\u20ac";

    static final String HOSTILE_SECRET = "s:%41+t u&v=\u00fc\u4e16\"\\/?#";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SigningKey rsa = key("RSA", new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4), "rsa-1");
    private final SigningKey ec = p384("ec-1");
    private final String secret = randomText(48);
    private final String shortSecret = randomText(9);
    private final People people = new People(randomText(18));

    SigningKey rsa() {
        return rsa;
    }

    SigningKey ec() {
        return ec;
    }

    /** The secret of the clients that have one of 64 characters. */
    String secret() {
        return secret;
    }

    /** 12 characters, which is less than HS256 wants. */
    String shortSecret() {
        return shortSecret;
    }

    /** Who can sign in, and the clients that they sign in with. */
    People people() {
        return people;
    }

    /** {@return the realms by name} */
    Map<String, String> json() {
        return Map.of(NAME, json(realm(NAME, 0)), LENIENT, json(realm(LENIENT, 1)));
    }

    private static String json(Map<String, Object> realm) {
        try {
            return new ObjectMapper().writeValueAsString(realm);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static SigningKey p384(String keyId) {
        return key("EC", new ECGenParameterSpec("secp384r1"), keyId);
    }

    private static SigningKey key(String kind, AlgorithmParameterSpec size, String keyId) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(size);
            return SigningKey.of(generator.generateKeyPair()).withKeyId(keyId);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, Object> realm(String name, int refreshTokenReuse) {
        Map<String, Object> realm = new HashMap<>();
        realm.put("realm", name);
        realm.put("enabled", true);
        realm.put("sslRequired", "none");
        realm.put("accessTokenLifespan", 300);
        realm.put("revokeRefreshToken", true);
        realm.put("refreshTokenMaxReuse", refreshTokenReuse);
        realm.put("clientScopes", List.of(basic(), scope("records.read"), scope("records.write")));
        realm.put("clients", clients());
        realm.put("users", people.users());
        return realm;
    }

    private List<Map<String, Object>> clients() {
        Map<String, Object> noGrant = secretClient(NO_GRANT, "client-secret", secret);
        noGrant.put("serviceAccountsEnabled", false);
        Map<String, Object> shortLived = keyClient(SHORT_LIVED, ec);
        shortLived.put("attributes", with(keyAttributes(ec), "access.token.lifespan", "5"));
        List<Map<String, Object>> clients = new ArrayList<>(people.clients(this));
        clients.addAll(List.of(
                keyClient(RS384, rsa),
                keyClient(ES384, ec),
                hmacClient(HS256, "HS256", secret),
                hmacClient(HS512, "HS512", secret),
                hmacClient(SHORT_SECRET, "HS256", shortSecret),
                secretClient(POST, "client-secret", secret),
                secretClient(HOSTILE, "client-secret", HOSTILE_SECRET),
                shortLived,
                noGrant));
        return clients;
    }

    static Map<String, Object> keyClient(String clientId, SigningKey key) {
        Map<String, Object> client = client(clientId, "client-jwt");
        client.put("attributes", keyAttributes(key));
        return client;
    }

    static Map<String, Object> keyAttributes(SigningKey key) {
        return Map.of(
                "use.jwks.string", "true",
                "jwks.string", SigningKey.publicJwkSet(List.of(key)),
                "token.endpoint.auth.signing.alg", key.algorithm().registeredName());
    }

    private static Map<String, Object> hmacClient(String clientId, String algorithm, String secret) {
        Map<String, Object> client = secretClient(clientId, "client-secret-jwt", secret);
        client.put("attributes", Map.of("token.endpoint.auth.signing.alg", algorithm));
        return client;
    }

    private static Map<String, Object> secretClient(String clientId, String method, String secret) {
        Map<String, Object> client = client(clientId, method);
        client.put("secret", secret);
        return client;
    }

    static Map<String, Object> client(String clientId, String method) {
        return new HashMap<>(Map.of(
                "clientId",
                clientId,
                "enabled",
                true,
                "publicClient",
                false,
                "standardFlowEnabled",
                false,
                "serviceAccountsEnabled",
                true,
                "clientAuthenticatorType",
                method,
                "defaultClientScopes",
                List.of("basic"),
                "optionalClientScopes",
                List.of("records.read", "records.write")));
    }

    private static Map<String, Object> scope(String name) {
        return Map.of(
                "name", name, "protocol", "openid-connect", "attributes", Map.of("include.in.token.scope", "true"));
    }

    /** Keycloak's own scope of this name, without which a token has no {@code sub} and userinfo no answer. */
    private static Map<String, Object> basic() {
        Map<String, Object> subject = Map.of(
                "name", "sub",
                "protocol", "openid-connect",
                "protocolMapper", "oidc-sub-mapper",
                "config", Map.of("access.token.claim", "true", "introspection.token.claim", "true"));
        return Map.of(
                "name",
                "basic",
                "protocol",
                "openid-connect",
                "attributes",
                Map.of("include.in.token.scope", "false"),
                "protocolMappers",
                List.of(subject));
    }

    static Map<String, Object> with(Map<String, Object> attributes, String name, String value) {
        Map<String, Object> more = new HashMap<>(attributes);
        more.put(name, value);
        return more;
    }

    private static String randomText(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
