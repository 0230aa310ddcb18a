package dev.latchkey.testing;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client as it is registered at a {@link FakeAuthorizationServer}: who it is, how it proves that, what it may ask for.
 *
 * <p>Registering another client of the same id replaces the first, which is how a test rotates keys or secrets.
 *
 * <pre>{@code
 * server.register(FakeClient.privateKeyJwt("my-client", publicJwkSet)
 *         .algorithms("RS384", "ES384")
 *         .audience(FakeClient.Audience.ISSUER)
 *         .scopes("read", "write"));
 * }</pre>
 *
 * <p>Thread-safety: immutable; each wither returns a new client.
 */
public final class FakeClient {

    /** Which {@code aud} and {@code typ} the server takes in this client's assertions. */
    public enum Audience {
        /**
         * {@code aud} is the issuer as a single string and {@code typ} is {@code client-authentication+jwt}: the strict
         * profile of the update to RFC 7523.
         */
        ISSUER,

        /** {@code aud} is the token endpoint and {@code typ} is {@code JWT}, as SMART Backend Services asks. */
        TOKEN_ENDPOINT,

        /**
         * {@code aud} is the issuer or the token endpoint, {@code typ} is absent or {@code JWT}; where {@code typ} is
         * {@code client-authentication+jwt}, the rule is {@link #ISSUER}.
         */
        EITHER
    }

    private static final List<String> HMAC = List.of("HS256", "HS384", "HS512");

    private final String clientId;
    private final AuthenticationMethod method;
    private final Credential credential;
    private final Set<String> algorithms;
    private final Permissions permissions;

    /** What is compared with what the client sends; the part that its method does not use is empty. */
    record Credential(String secret, List<JWK> keys, Audience audience, boolean kidRequired) {

        List<JWK> named(String keyId) {
            return keys.stream().filter(key -> keyId.equals(key.getKeyID())).toList();
        }

        @Override
        public String toString() {
            return "Credential[" + keys.size() + " keys, audience " + audience + "]";
        }
    }

    /** {@code refreshTokens} is null where it depends on the grant. */
    private record Permissions(Set<String> scopes, @Nullable Boolean refreshTokens, Set<String> redirectUris) {

        static final Permissions NONE = new Permissions(Set.of(), null, Set.of());
    }

    private FakeClient(
            String clientId,
            AuthenticationMethod method,
            Credential credential,
            Set<String> algorithms,
            Permissions permissions) {
        this.clientId = clientId;
        this.method = method;
        this.credential = credential;
        this.algorithms = algorithms;
        this.permissions = permissions;
    }

    /**
     * {@return a client that signs assertions with a private key (RFC 7523, section 2.2)}
     *
     * @param clientId the client id
     * @param jwkSet the public keys as a JWK set, or one JWK; private parts are dropped
     * @throws IllegalArgumentException if this is no JWK set, or an empty one
     */
    public static FakeClient privateKeyJwt(String clientId, String jwkSet) {
        Credential credential = new Credential("", publicKeys(jwkSet), Audience.EITHER, false);
        return create(clientId, AuthenticationMethod.PRIVATE_KEY_JWT, credential, AssertionSignature.ASYMMETRIC);
    }

    /**
     * {@return a client that signs assertions with its secret (RFC 7523, section 2.2)}
     *
     * @param clientId the client id
     * @param clientSecret the secret, of any length; its UTF-8 bytes are the key
     * @param algorithm {@code HS256}, {@code HS384} or {@code HS512}
     * @throws IllegalArgumentException if the algorithm is another
     */
    public static FakeClient clientSecretJwt(String clientId, String clientSecret, String algorithm) {
        if (!HMAC.contains(Objects.requireNonNull(algorithm, "algorithm"))) {
            throw new IllegalArgumentException("algorithm must be one of " + HMAC + ", but is " + algorithm);
        }
        return create(clientId, AuthenticationMethod.CLIENT_SECRET_JWT, secret(clientSecret), Set.of(algorithm));
    }

    /**
     * {@return a client that sends its secret in the {@code Authorization} header (RFC 6749, section 2.3.1)}
     *
     * @param clientId the client id
     * @param clientSecret the secret
     */
    public static FakeClient clientSecretBasic(String clientId, String clientSecret) {
        return create(clientId, AuthenticationMethod.CLIENT_SECRET_BASIC, secret(clientSecret), Set.of());
    }

    /**
     * {@return a client that sends its secret in the body (RFC 6749, section 2.3.1)}
     *
     * @param clientId the client id
     * @param clientSecret the secret
     */
    public static FakeClient clientSecretPost(String clientId, String clientSecret) {
        return create(clientId, AuthenticationMethod.CLIENT_SECRET_POST, secret(clientSecret), Set.of());
    }

    /**
     * {@return a public client, which only names itself (RFC 6749, section 2.1)}
     *
     * <p>It may not use the grant {@code client_credentials}.
     *
     * @param clientId the client id
     */
    public static FakeClient none(String clientId) {
        Credential nothing = new Credential("", List.of(), Audience.EITHER, false);
        return create(clientId, AuthenticationMethod.NONE, nothing, Set.of());
    }

    private static FakeClient create(
            String clientId, AuthenticationMethod method, Credential credential, Set<String> algorithms) {
        Checks.notBlank(clientId, "clientId");
        return new FakeClient(clientId, method, credential, algorithms, Permissions.NONE);
    }

    private static Credential secret(String clientSecret) {
        Checks.notBlank(clientSecret, "clientSecret");
        return new Credential(clientSecret, List.of(), Audience.EITHER, false);
    }

    private static List<JWK> publicKeys(String jwkSet) {
        List<JWK> keys =
                parse(Objects.requireNonNull(jwkSet, "jwkSet")).toPublicJWKSet().getKeys();
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("jwkSet holds no public key: register at least one");
        }
        return keys;
    }

    /** The parser's own message may quote the set, which may hold private keys: it goes nowhere. */
    private static JWKSet parse(String jwkSet) {
        try {
            return jwkSet.contains("\"keys\"") ? JWKSet.parse(jwkSet) : new JWKSet(JWK.parse(jwkSet));
        } catch (ParseException e) {
            throw new IllegalArgumentException("jwkSet is neither a JWK set nor a JWK (RFC 7517)");
        }
    }

    /**
     * {@return this client with registered scopes}
     *
     * <p>A request for another scope is refused; one that names no scope gets them all. Default: none registered, every
     * scope is granted.
     *
     * @param scopes the scopes, one each
     */
    public FakeClient scopes(String... scopes) {
        Set<String> all = Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(scopes)));
        return with(new Permissions(all, permissions.refreshTokens, permissions.redirectUris));
    }

    /**
     * {@return this client with these signature algorithms only}
     *
     * <p>Default: for keys RS, PS and ES with 256, 384 and 512 bits, and EdDSA; for a secret the one it was made with.
     *
     * @param algorithms values of the header parameter {@code alg}
     */
    public FakeClient algorithms(String... algorithms) {
        Set<String> all = Set.copyOf(Arrays.asList(algorithms));
        return new FakeClient(clientId, method, credential, all, permissions);
    }

    /**
     * {@return this client with another rule for {@code aud} and {@code typ}}
     *
     * @param audience the rule. Default: {@link Audience#EITHER}
     */
    public FakeClient audience(Audience audience) {
        Objects.requireNonNull(audience, "audience");
        return with(new Credential(credential.secret, credential.keys, audience, credential.kidRequired));
    }

    /**
     * {@return this client, which must name its key, or need not where only one is registered}
     *
     * @param required whether an assertion without {@code kid} is always refused. Default: false
     */
    public FakeClient kidRequired(boolean required) {
        return with(new Credential(credential.secret, credential.keys, credential.audience, required));
    }

    /**
     * {@return this client, whose token responses bring a refresh token or not}
     *
     * @param issued whether they do. Default: true for the grant {@code authorization_code}, false for {@code
     *     client_credentials}
     */
    public FakeClient refreshTokens(boolean issued) {
        return with(new Permissions(permissions.scopes, issued, permissions.redirectUris));
    }

    /**
     * {@return this client with these redirect URIs (RFC 6749, section 3.1.2)}
     *
     * <p>An authorization request must name one of them, the same to the last character; only the port of a loopback
     * address {@code http://127.0.0.1} or {@code http://[::1]} may be another (RFC 8252, section 7.3). Default: none, so
     * that nobody can sign in by this client.
     *
     * @param redirectUris absolute URIs without a fragment, of any scheme
     * @throws IllegalArgumentException if one is relative, has a fragment, or is no URI
     */
    public FakeClient redirectUris(String... redirectUris) {
        Set<String> all = new LinkedHashSet<>();
        Arrays.stream(redirectUris).map(RedirectUris::checked).forEach(all::add);
        return with(new Permissions(permissions.scopes, permissions.refreshTokens, Collections.unmodifiableSet(all)));
    }

    /** {@return the client id} */
    public String clientId() {
        return clientId;
    }

    AuthenticationMethod method() {
        return method;
    }

    Credential credential() {
        return credential;
    }

    Set<String> algorithms() {
        return algorithms;
    }

    /** Empty where every scope may be granted. */
    Set<String> scopes() {
        return permissions.scopes;
    }

    Set<String> redirectUris() {
        return permissions.redirectUris;
    }

    /** Whether a grant of this kind brings one, which does or does not by default. */
    boolean getsRefreshTokens(boolean byDefault) {
        return permissions.refreshTokens == null ? byDefault : permissions.refreshTokens;
    }

    /** This client with the keys of the other as well; of two keys with the same id, the other's. */
    FakeClient withKeysOf(FakeClient other) {
        List<JWK> both = new ArrayList<>(credential.keys);
        other.credential.keys.forEach(key -> both.removeAll(credential.named(key.getKeyID())));
        both.addAll(other.credential.keys);
        return with(new Credential(credential.secret, both, credential.audience, credential.kidRequired));
    }

    private FakeClient with(Permissions other) {
        return new FakeClient(clientId, method, credential, algorithms, other);
    }

    private FakeClient with(Credential other) {
        return new FakeClient(clientId, method, other, algorithms, permissions);
    }

    /** {@return id and method, no secret} */
    @Override
    public String toString() {
        return "FakeClient[" + clientId + ", " + method.registeredName() + "]";
    }
}
