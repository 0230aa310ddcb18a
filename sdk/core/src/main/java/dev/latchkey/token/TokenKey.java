package dev.latchkey.token;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can change which token an authorization server hands out: server, client, grant, subject, scope,
 * resources. The same object keys the cache, the flight and the store, so that no caller is ever given a token that was
 * asked for with other parameters.
 *
 * <p>Thread-safety: immutable.
 */
public final class TokenKey {
    private final String tokenEndpoint;
    private final String clientId;
    private final String grantType;
    private final @Nullable String subject;
    private final Scope scope;
    private final Set<String> resources;
    private final String variant;
    private final int hash;

    private TokenKey(String tokenEndpoint, String clientId, String grantType, @Nullable String subject, Wanted wanted) {
        this.tokenEndpoint = tokenEndpoint;
        this.clientId = clientId;
        this.grantType = grantType;
        this.subject = subject;
        this.scope = wanted.scope();
        this.resources = wanted.resources();
        this.variant = wanted.variant();
        this.hash = Objects.hash(tokenEndpoint, clientId, grantType, subject, scope, resources, variant);
    }

    private record Wanted(Scope scope, Set<String> resources, String variant) {}

    /**
     * Makes the key of a client's own tokens, without scope or resource.
     *
     * @param tokenEndpoint the URL that tokens are requested from
     * @param clientId the client
     * @param grantType the grant type, as registered
     * @return the key
     */
    public static TokenKey of(String tokenEndpoint, String clientId, String grantType) {
        return new TokenKey(
                Objects.requireNonNull(tokenEndpoint, "tokenEndpoint"),
                Objects.requireNonNull(clientId, "clientId"),
                Objects.requireNonNull(grantType, "grantType"),
                null,
                new Wanted(Scope.none(), Set.of(), ""));
    }

    /**
     * Gives this key with another scope.
     *
     * @param newScope the scope to ask for
     * @return the key
     */
    public TokenKey withScope(Scope newScope) {
        return new TokenKey(tokenEndpoint, clientId, grantType, subject, new Wanted(newScope, resources, variant));
    }

    /**
     * Gives this key with other resources (RFC 8707).
     *
     * @param newResources the absolute URIs of the resources to ask for
     * @return the key
     */
    public TokenKey withResources(Set<String> newResources) {
        return new TokenKey(
                tokenEndpoint, clientId, grantType, subject, new Wanted(scope, Set.copyOf(newResources), variant));
    }

    /**
     * Gives this key for a subject.
     *
     * @param newSubject the user id of the application; never the secret of a user
     * @return the key
     */
    public TokenKey withSubject(String newSubject) {
        return new TokenKey(
                tokenEndpoint,
                clientId,
                grantType,
                Objects.requireNonNull(newSubject, "newSubject"),
                new Wanted(scope, resources, variant));
    }

    /**
     * Gives this key for requests that carry something more, such as an audience or the header of a tenant.
     *
     * @param newVariant tells apart what is asked for; must not show a secret
     * @return the key
     */
    public TokenKey withVariant(String newVariant) {
        return new TokenKey(
                tokenEndpoint,
                clientId,
                grantType,
                subject,
                new Wanted(scope, resources, Objects.requireNonNull(newVariant, "newVariant")));
    }

    /** {@return the URL that tokens are requested from} */
    public String tokenEndpoint() {
        return tokenEndpoint;
    }

    /** {@return the client} */
    public String clientId() {
        return clientId;
    }

    /** {@return the grant type, as registered} */
    public String grantType() {
        return grantType;
    }

    /** {@return the user whose token it is; empty for the client's own} */
    public Optional<String> subject() {
        return Optional.ofNullable(subject);
    }

    /** {@return the scope to ask for; may be empty} */
    public Scope scope() {
        return scope;
    }

    /** {@return the resources to ask for (RFC 8707); may be empty} */
    public Set<String> resources() {
        return resources;
    }

    /** {@return what tells this key apart beside all else; empty for nothing} */
    public String variant() {
        return variant;
    }

    /**
     * Gives this key as a text of fixed length for a store: a SHA-256 digest in hexadecimal over all its parts, whatever their
     * order was. Nobody can read the user or the client from it.
     *
     * @return 64 lower-case hexadecimal digits, the same for equal keys in every process
     */
    public String id() {
        return KeyDigest.of(this);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof TokenKey key
                        && key.hash == hash
                        && key.tokenEndpoint.equals(tokenEndpoint)
                        && key.clientId.equals(clientId)
                        && key.grantType.equals(grantType)
                        && Objects.equals(key.subject, subject)
                        && key.scope.equals(scope)
                        && key.resources.equals(resources)
                        && key.variant.equals(variant));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "TokenKey[" + tokenEndpoint + ", " + clientId + ", " + grantType + ", scope=" + scope + ", resources="
                + new TreeSet<>(resources) + ", subject=" + (subject == null ? "none" : "set") + "]";
    }
}
