package dev.latchkey.internal.http;

import dev.latchkey.error.ErrorCode;
import dev.latchkey.internal.flight.Lazy;
import dev.latchkey.provider.ErrorRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request when its answer is judged. Holds secrets, to mask them in the answer; prints none.
 *
 * <p>Thread-safety: immutable; its builder is not thread-safe.
 */
public final class RequestFacts {
    private final String method;
    private final String where;
    private final @Nullable String attempt;
    private final @Nullable String provider;
    private final @Nullable String grantType;
    private final Map<String, String> parameters;
    private final String scope;
    private final @Nullable String clientAuthentication;
    private final Map<String, Object> assertionHeader;
    private final Map<String, Object> assertionClaims;
    private final @Nullable String tokenEndpoint;
    private final @Nullable String issuer;
    private final Lazy<Masking> masking;
    private final List<ErrorRule> rules;

    private RequestFacts(Builder builder) {
        method = builder.method;
        where = builder.where;
        attempt = builder.attempt;
        provider = builder.provider;
        parameters = Map.copyOf(builder.parameters);
        grantType = builder.grantType;
        scope = builder.scope;
        clientAuthentication = builder.clientAuthentication;
        assertionHeader = Map.copyOf(builder.assertionHeader);
        assertionClaims = Map.copyOf(builder.assertionClaims);
        tokenEndpoint = builder.tokenEndpoint;
        issuer = builder.issuer;
        List<String> secrets = List.copyOf(builder.secrets);
        masking = new Lazy<>(() -> Masking.of(secrets));
        rules = builder.rules;
    }

    /**
     * Begins the facts of a request.
     *
     * @param method the HTTP method
     * @param where host and path, without query
     * @return a builder
     */
    public static Builder builder(String method, String where) {
        return new Builder(method, where);
    }

    String method() {
        return method;
    }

    /** What was tried, as messages begin. */
    public String attempt() {
        if (attempt != null) {
            return attempt;
        }
        return grantType == null ? "Token request" : "Token request (" + grantType + ")";
    }

    public String where() {
        return where;
    }

    public @Nullable String provider() {
        return provider;
    }

    @Nullable
    String grantType() {
        return grantType;
    }

    boolean hasGrantType(String name) {
        return name.equals(grantType);
    }

    /** The scope that was asked for, joined by spaces; empty for none. */
    String scope() {
        return scope;
    }

    @Nullable
    String clientAuthentication() {
        return clientAuthentication;
    }

    /** The parameters that anybody may see. */
    Map<String, String> parameters() {
        return parameters;
    }

    Map<String, Object> assertionHeader() {
        return assertionHeader;
    }

    Map<String, Object> assertionClaims() {
        return assertionClaims;
    }

    @Nullable
    String tokenEndpoint() {
        return tokenEndpoint;
    }

    @Nullable
    String issuer() {
        return issuer;
    }

    /**
     * Takes the secrets of the request out of a text.
     *
     * @param text text of the server
     * @return the text, masked
     */
    public String mask(String text) {
        return masking.get().apply(text);
    }

    /**
     * What the provider's documents say of an error. It is asked before the general rules and wins over them.
     *
     * @param answer the answer
     * @param code the code that was sent, or null
     * @param description the description, masked, or null
     * @return the first rule that applies
     */
    Optional<ErrorRule> rule(HttpAnswer answer, @Nullable ErrorCode code, @Nullable String description) {
        String sent = code == null ? null : code.value();
        return rules.stream()
                .filter(rule -> rule.appliesTo(answer.status(), sent, description, answer.text()))
                .findFirst();
    }

    /** Its documents are known here, and what an assertion looks like follows them on purpose. */
    boolean isOfPreparedProvider() {
        return !rules.isEmpty();
    }

    @Override
    public String toString() {
        return "RequestFacts[" + method + " " + where + "]";
    }

    /** Collects the facts. */
    public static final class Builder {
        private final String method;
        private final String where;
        private @Nullable String attempt;
        private Map<String, String> parameters = Map.of();
        private @Nullable String provider;
        private @Nullable String grantType;
        private String scope = "";
        private @Nullable String clientAuthentication;
        private Map<String, Object> assertionHeader = Map.of();
        private Map<String, Object> assertionClaims = Map.of();
        private @Nullable String tokenEndpoint;
        private @Nullable String issuer;
        private final List<String> secrets = new ArrayList<>();
        private List<ErrorRule> rules = List.of();

        private Builder(String method, String where) {
            this.method = method;
            this.where = where;
        }

        /** Sets the name of the provider; null for none. */
        public Builder provider(@Nullable String name) {
            provider = name;
            return this;
        }

        /** Sets what is tried. Default: a token request. */
        public Builder attempt(String text) {
            attempt = text;
            return this;
        }

        /** Sets the parameters that anybody may see. */
        public Builder parameters(Map<String, String> visible) {
            parameters = visible;
            return this;
        }

        /** Sets the grant type of a token request. */
        public Builder grantType(String registeredName) {
            grantType = registeredName;
            return this;
        }

        /** Sets the scope that was asked for, joined by spaces. */
        public Builder scope(String text) {
            scope = text;
            return this;
        }

        /** Sets the registered name of the method of client authentication, for example {@code private_key_jwt}. */
        public Builder clientAuthentication(String registeredName) {
            clientAuthentication = registeredName;
            return this;
        }

        /** Sets header and claims of the assertion that was sent. */
        public Builder assertion(Map<String, Object> header, Map<String, Object> claims) {
            assertionHeader = header;
            assertionClaims = claims;
            return this;
        }

        /** Sets the URL of the token endpoint and the issuer identifier, null for one that is not known. */
        public Builder server(String endpoint, @Nullable String issuerIdentifier) {
            tokenEndpoint = endpoint;
            issuer = issuerIdentifier;
            return this;
        }

        /** Adds a secret that was sent: a token, a client secret, an assertion, a client key. */
        public Builder secret(@Nullable String value) {
            if (value != null) {
                secrets.add(value);
            }
            return this;
        }

        /** Adds secrets that were sent. */
        public Builder secrets(Collection<String> values) {
            secrets.addAll(values);
            return this;
        }

        /** Sets what is known of this provider's errors, the most particular first. */
        public Builder rules(List<ErrorRule> ofProvider) {
            rules = List.copyOf(ofProvider);
            return this;
        }

        /** {@return the facts} */
        public RequestFacts build() {
            return new RequestFacts(this);
        }
    }
}
