package dev.latchkey.provider;

import dev.latchkey.clientauth.AssertionProfile;
import dev.latchkey.clientauth.ClientAuthentication;
import dev.latchkey.clientauth.ClientSecretBasic;
import dev.latchkey.token.Scope;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server and the APIs that take its tokens, as data. The prepared providers are made with the same
 * builder that is open to everybody:
 *
 * <pre>{@code
 * Provider provider = Provider.builder("https://auth.example.com/oauth2/token")
 *         .issuer("https://auth.example.com")
 *         .apiOrigin("https://api.example.com")
 *         .header("x-client-key", clientKey)
 *         .build();
 * }</pre>
 *
 * <p>Thread-safety: immutable.
 */
public final class Provider {
    private final Builder settings;

    private Provider(Builder settings) {
        this.settings = settings;
    }

    /**
     * Starts a provider.
     *
     * @param tokenEndpoint the URL that tokens are requested from (RFC 6749, section 3.2): https, or http to loopback
     * @return a builder
     * @throws IllegalArgumentException if the URL is not absolute, or neither https nor loopback
     */
    public static Builder builder(String tokenEndpoint) {
        return new Builder(Urls.checked("tokenEndpoint", tokenEndpoint));
    }

    /** {@return a builder that starts with the settings of this provider} */
    public Builder toBuilder() {
        return new Builder(settings);
    }

    /** {@return the name that messages call this provider by} */
    public String name() {
        return settings.name;
    }

    /** {@return the URL that tokens are requested from} */
    public String tokenEndpoint() {
        return settings.tokenEndpoint;
    }

    /** {@return the issuer identifier of the authorization server (RFC 8414, section 2), where it is known} */
    public Optional<String> issuer() {
        return Optional.ofNullable(settings.issuer);
    }

    /** {@return the origins that credentials may be sent to in API calls; the token endpoint's own is always one} */
    public Set<String> apiOrigins() {
        return Collections.unmodifiableSet(settings.apiOrigins);
    }

    /** {@return headers of every token request, by name; values may be secret} */
    public Map<String, String> tokenHeaders() {
        return Collections.unmodifiableMap(settings.tokenHeaders);
    }

    /** {@return headers of every API call, by name; values may be secret} */
    public Map<String, String> apiHeaders() {
        return Collections.unmodifiableMap(settings.apiHeaders);
    }

    /** {@return parameters of every token request, beside those of the grant; values may be secret} */
    public Map<String, String> tokenParameters() {
        return Collections.unmodifiableMap(settings.tokenParameters);
    }

    /** {@return the client that the credentials of this provider imply; empty where the manager names it} */
    public Optional<String> clientId() {
        return Optional.ofNullable(settings.clientId);
    }

    /**
     * {@return the address of an endpoint, where it is known}
     *
     * @param endpoint which one
     */
    public Optional<String> endpoint(Endpoint endpoint) {
        return Optional.ofNullable(settings.endpoints.get(Objects.requireNonNull(endpoint, "endpoint")));
    }

    /** {@return the scope to ask for where the manager names none; may be empty} */
    public Scope defaultScope() {
        return settings.defaultScope;
    }

    /** {@return whether this server refuses a request without scope} */
    public boolean scopeRequired() {
        return settings.scopeRequired;
    }

    /** {@return the scope of the client's own token that calls of the introspection endpoint carry; empty for client authentication} */
    public Optional<Scope> introspectionScope() {
        return Optional.ofNullable(settings.introspectionScope);
    }

    /**
     * {@return whether this server has a grant}
     *
     * @param grantType its registered name, the value of {@code grant_type}
     */
    public boolean offers(String grantType) {
        return settings.grantTypes.contains(Objects.requireNonNull(grantType, "grantType"));
    }

    /** {@return the header that carries the access token in API calls; {@code Authorization} carries it as Bearer} */
    public String accessTokenHeader() {
        return settings.accessTokenHeader;
    }

    /** {@return whether {@code Content-Type} is taken off API calls that have no body} */
    public boolean contentTypeNeedsBody() {
        return settings.contentTypeNeedsBody;
    }

    /** {@return how the parameters of a token request are written} */
    public TokenRequestFormat tokenRequestFormat() {
        return settings.tokenRequestFormat;
    }

    /** {@return what a client assertion for this server looks like} */
    public AssertionProfile assertionProfile() {
        AssertionProfile chosen = settings.assertionProfile;
        if (chosen != null) {
            return chosen;
        }
        return settings.issuer == null ? AssertionProfile.tokenEndpoint() : AssertionProfile.issuer();
    }

    /** {@return whether {@code client_id} goes beside a client assertion (RFC 7521, section 4.2)} */
    public boolean clientIdParameter() {
        return settings.clientIdParameter;
    }

    /** {@return what is known of the errors of the token endpoint, in the order of asking} */
    public List<ErrorRule> tokenErrorRules() {
        return settings.tokenErrorRules;
    }

    /** {@return what is known of the errors of the API, in the order of asking} */
    public List<ErrorRule> apiErrorRules() {
        return settings.apiErrorRules;
    }

    /** {@return how long an access token lives where the server does not say} */
    public Duration defaultTokenLife() {
        return settings.defaultTokenLife;
    }

    /** {@return how people sign in} */
    public LoginProfile loginProfile() {
        return settings.loginProfile;
    }

    /** {@return how it wants to be told that a token is given up} */
    public RevocationForm revocationForm() {
        return settings.revocationForm;
    }

    /** {@return how long a refresh token lives where the server does not say; empty where that is not known} */
    public Optional<Duration> defaultRefreshTokenLife() {
        return Optional.ofNullable(settings.defaultRefreshTokenLife);
    }

    /** {@return how a client proves itself where the manager has neither key nor secret; empty where it needs one} */
    public Optional<ClientAuthentication> clientAuthentication() {
        return Optional.ofNullable(settings.clientAuthentication);
    }

    /**
     * Gives the client authentication that this server wants from clients with a secret.
     *
     * @param clientSecret the secret
     * @return the client authentication
     */
    public ClientAuthentication clientSecretAuthentication(String clientSecret) {
        return settings.clientSecretAuthentication.apply(clientSecret);
    }

    /** {@return the name and the token endpoint; never a header or parameter value} */
    @Override
    public String toString() {
        return "Provider[" + settings.name + ", " + settings.tokenEndpoint + "]";
    }

    /**
     * Makes a {@link Provider}.
     *
     * <p>Thread-safety: not thread-safe.
     */
    public static final class Builder {
        private static final Duration LONGEST_LIFE = Duration.ofDays(365);
        private static final String AUTHORIZATION = "Authorization";
        private static final Set<String> RESERVED_PARAMETERS = Set.of(
                "grant_type",
                "client_id",
                "client_assertion",
                "client_assertion_type",
                "client_secret",
                "scope",
                "code",
                "code_verifier",
                "redirect_uri",
                "refresh_token");

        private final String tokenEndpoint;
        private final Set<String> apiOrigins = new LinkedHashSet<>();
        private final Map<String, String> tokenHeaders = new LinkedHashMap<>();
        private final Map<String, String> apiHeaders = new LinkedHashMap<>();
        private final Map<String, String> tokenParameters = new LinkedHashMap<>();
        private final Map<Endpoint, String> endpoints = new EnumMap<>(Endpoint.class);
        private String name;
        private @Nullable String clientId;
        private @Nullable String issuer;
        private Scope defaultScope = Scope.none();
        private boolean scopeRequired;
        private @Nullable Scope introspectionScope;
        private Set<String> grantTypes = Set.of("client_credentials", "authorization_code", "refresh_token");
        private String accessTokenHeader = AUTHORIZATION;
        private boolean contentTypeNeedsBody;
        private LoginProfile loginProfile = LoginProfile.standard();
        private RevocationForm revocationForm = RevocationForm.STANDARD;
        private @Nullable Duration defaultRefreshTokenLife;
        private @Nullable ClientAuthentication clientAuthentication;
        private TokenRequestFormat tokenRequestFormat = TokenRequestFormat.FORM;
        private @Nullable AssertionProfile assertionProfile;
        private List<ErrorRule> tokenErrorRules = List.of();
        private List<ErrorRule> apiErrorRules = List.of();
        private boolean clientIdParameter = true;
        private Duration defaultTokenLife = Duration.ofMinutes(5);
        private Function<String, ClientAuthentication> clientSecretAuthentication = ClientSecretBasic::of;

        private Builder(String tokenEndpoint) {
            this.tokenEndpoint = tokenEndpoint;
            this.name = URI.create(tokenEndpoint).getHost();
        }

        private Builder(Builder other) {
            this.tokenEndpoint = other.tokenEndpoint;
            this.apiOrigins.addAll(other.apiOrigins);
            this.tokenHeaders.putAll(other.tokenHeaders);
            this.apiHeaders.putAll(other.apiHeaders);
            this.tokenParameters.putAll(other.tokenParameters);
            this.endpoints.putAll(other.endpoints);
            this.loginProfile = other.loginProfile;
            this.revocationForm = other.revocationForm;
            this.name = other.name;
            this.clientId = other.clientId;
            this.defaultScope = other.defaultScope;
            this.scopeRequired = other.scopeRequired;
            this.introspectionScope = other.introspectionScope;
            this.grantTypes = other.grantTypes;
            this.accessTokenHeader = other.accessTokenHeader;
            this.contentTypeNeedsBody = other.contentTypeNeedsBody;
            this.defaultRefreshTokenLife = other.defaultRefreshTokenLife;
            this.clientAuthentication = other.clientAuthentication;
            this.issuer = other.issuer;
            this.tokenRequestFormat = other.tokenRequestFormat;
            this.assertionProfile = other.assertionProfile;
            this.tokenErrorRules = other.tokenErrorRules;
            this.apiErrorRules = other.apiErrorRules;
            this.clientIdParameter = other.clientIdParameter;
            this.defaultTokenLife = other.defaultTokenLife;
            this.clientSecretAuthentication = other.clientSecretAuthentication;
        }

        /**
         * Sets the name that messages call this provider by. Default: the host of the token endpoint.
         *
         * @param name the name
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder name(String name) {
            if (Objects.requireNonNull(name, "name").isBlank()) {
                throw new IllegalArgumentException("name: blank; give the provider a name or leave the setting out");
            }
            this.name = name;
            return this;
        }

        /**
         * Sets the issuer identifier, exactly as the server's metadata has it: a trailing slash counts. With an issuer the
         * assertion profile defaults to {@link AssertionProfile#issuer()}. Default: not known.
         *
         * @param issuer the issuer identifier (RFC 8414, section 2)
         * @return this builder
         * @throws IllegalArgumentException if it is not an absolute URL, or neither https nor loopback
         */
        public Builder issuer(String issuer) {
            Urls.checked("issuer", issuer);
            this.issuer = issuer;
            return this;
        }

        /**
         * Adds an origin that credentials may be sent to. Scheme, host and port count; a path is ignored. Default: the
         * origin of the token endpoint only.
         *
         * @param apiOrigin an origin such as {@code https://api.example.com}: https, or http to loopback
         * @return this builder
         * @throws IllegalArgumentException if it is not an absolute URL, or neither https nor loopback
         */
        public Builder apiOrigin(String apiOrigin) {
            apiOrigins.add(Urls.checked("apiOrigin", apiOrigin));
            return this;
        }

        /**
         * Sets a header of every token request and every API call, such as {@code x-client-key}. Default: none.
         *
         * @param name the field name
         * @param value the field value; kept out of every message
         * @return this builder
         * @throws IllegalArgumentException if no request could carry it, or the SDK sets it itself
         */
        public Builder header(String name, String value) {
            return tokenHeader(name, value).apiHeader(name, value);
        }

        /**
         * Sets a header of every token request. Default: none.
         *
         * @param name the field name
         * @param value the field value; kept out of every message
         * @return this builder
         * @throws IllegalArgumentException if no request could carry it, or the SDK sets it itself
         */
        public Builder tokenHeader(String name, String value) {
            HeaderChecks.checkForTokenRequest(name, value);
            tokenHeaders.put(name, value);
            return this;
        }

        /**
         * Sets a header of every API call. Default: none.
         *
         * @param name the field name
         * @param value the field value; kept out of every message
         * @return this builder
         * @throws IllegalArgumentException if no request could carry it, or the SDK sets it itself
         */
        public Builder apiHeader(String name, String value) {
            HeaderChecks.check(name, value);
            apiHeaders.put(name, value);
            return this;
        }

        /**
         * Sets a parameter of every token request, such as {@code realm}. Default: none.
         *
         * @param name the parameter name
         * @param value the parameter value; kept out of every message
         * @return this builder
         * @throws IllegalArgumentException if a name or value is blank, or the SDK sets the parameter itself
         */
        public Builder tokenParameter(String name, String value) {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
            if (name.isBlank() || value.isBlank()) {
                throw new IllegalArgumentException("tokenParameter: name or value is blank; leave the parameter out");
            }
            if (RESERVED_PARAMETERS.contains(name)) {
                throw new IllegalArgumentException("tokenParameter " + name
                        + ": the SDK sets this parameter itself; use the builder's own setting for it");
            }
            tokenParameters.put(name, value);
            return this;
        }

        /**
         * Sets the client, where the credentials of the provider imply it. Default: none, and the manager names it.
         *
         * @param clientId the client identifier
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder clientId(String clientId) {
            if (Objects.requireNonNull(clientId, "clientId").isBlank()) {
                throw new IllegalArgumentException(
                        "clientId: blank; set the identifier from the provider's page (was its environment variable set?)");
            }
            this.clientId = clientId;
            return this;
        }

        /**
         * Sets the address of an endpoint beside the token endpoint. Default: not known.
         *
         * @param endpoint which one
         * @param url its address: https, or http to loopback
         * @return this builder
         * @throws IllegalArgumentException if it is not an absolute URL, or neither https nor loopback
         */
        public Builder endpoint(Endpoint endpoint, String url) {
            endpoints.put(Objects.requireNonNull(endpoint, "endpoint"), Urls.checked("endpoint " + endpoint, url));
            return this;
        }

        /**
         * Sets how people sign in. Default: {@link LoginProfile#standard()}.
         *
         * @param profile the profile
         * @return this builder
         */
        public Builder loginProfile(LoginProfile profile) {
            this.loginProfile = Objects.requireNonNull(profile, "profile");
            return this;
        }

        /**
         * Sets how this server wants to be told that a token is given up. Default: {@link RevocationForm#STANDARD}.
         *
         * @param form the form
         * @return this builder
         */
        public Builder revocationForm(RevocationForm form) {
            this.revocationForm = Objects.requireNonNull(form, "form");
            return this;
        }

        /**
         * Sets the scope to ask for where the manager names none. Default: none, and the server decides.
         *
         * @param scope scope tokens separated by spaces
         * @return this builder
         * @throws IllegalArgumentException if a scope token has a character that none may have
         */
        public Builder defaultScope(String scope) {
            this.defaultScope = Scope.of(Objects.requireNonNull(scope, "scope"));
            return this;
        }

        /**
         * Says that this server refuses a request without scope, so that building a manager without one fails. Default: it
         * does not.
         *
         * @return this builder
         */
        public Builder requireScope() {
            this.scopeRequired = true;
            return this;
        }

        /**
         * Says that the introspection endpoint is called with the client's own token of this scope, not with the client's
         * authentication. Default: with the client's authentication, as RFC 7662, section 2.1, has it first.
         *
         * @param scope scope tokens separated by spaces
         * @return this builder
         */
        public Builder introspectionScope(String scope) {
            this.introspectionScope = Scope.of(Objects.requireNonNull(scope, "scope"));
            return this;
        }

        /**
         * Sets which grants this server has. Default: client_credentials, authorization_code and refresh_token.
         *
         * @param registeredNames their names, the values of {@code grant_type}
         * @return this builder
         */
        public Builder grantTypes(String... registeredNames) {
            this.grantTypes = Set.of(Objects.requireNonNull(registeredNames, "registeredNames"));
            return this;
        }

        /**
         * Sets the header that carries the access token in API calls. Default: {@code Authorization}, with {@code Bearer}
         * before the token (RFC 6750, section 2.1); any other header carries the token alone.
         *
         * @param name the field name
         * @return this builder
         * @throws IllegalArgumentException if no request could carry it, or the SDK sets it itself
         */
        public Builder accessTokenHeader(String name) {
            if (!Objects.requireNonNull(name, "name").equalsIgnoreCase(AUTHORIZATION)) {
                HeaderChecks.check(name, "token");
            }
            this.accessTokenHeader = name;
            return this;
        }

        /**
         * Takes {@code Content-Type} off API calls that have no body, for an API that refuses it there. Default: it goes as
         * the caller set it.
         *
         * @return this builder
         */
        public Builder withoutContentTypeWhereNoBody() {
            this.contentTypeNeedsBody = true;
            return this;
        }

        /**
         * Sets how the parameters of a token request are written. Default: FORM.
         *
         * @param format the format
         * @return this builder
         */
        public Builder tokenRequestFormat(TokenRequestFormat format) {
            this.tokenRequestFormat = Objects.requireNonNull(format, "format");
            return this;
        }

        /**
         * Sets what a client assertion looks like. Default: {@link AssertionProfile#issuer()} where an issuer is set,
         * {@link AssertionProfile#tokenEndpoint()} otherwise.
         *
         * @param profile the profile
         * @return this builder
         */
        public Builder assertionProfile(AssertionProfile profile) {
            this.assertionProfile = Objects.requireNonNull(profile, "profile");
            return this;
        }

        /**
         * Sets what is known of the errors of the token endpoint. Default: none, and the general rules decide.
         *
         * @param rules the rules, the most particular first
         * @return this builder
         */
        public Builder tokenErrorRules(List<ErrorRule> rules) {
            this.tokenErrorRules = List.copyOf(Objects.requireNonNull(rules, "rules"));
            return this;
        }

        /**
         * Sets what is known of the errors of the API. Default: none, and the general rules decide.
         *
         * @param rules the rules, the most particular first
         * @return this builder
         */
        public Builder apiErrorRules(List<ErrorRule> rules) {
            this.apiErrorRules = List.copyOf(Objects.requireNonNull(rules, "rules"));
            return this;
        }

        /**
         * Leaves {@code client_id} out where a client assertion names the client. Default: it is sent, since some servers
         * refuse a request without it and it is never wrong by RFC 7521, section 4.2.
         *
         * @return this builder
         */
        public Builder withoutClientIdParameter() {
            this.clientIdParameter = false;
            return this;
        }

        /**
         * Sets how long an access token lives where the server does not say. Default: 5 minutes.
         *
         * @param life the life
         * @return this builder
         * @throws IllegalArgumentException if it is not positive, or above a year
         */
        public Builder defaultTokenLife(Duration life) {
            this.defaultTokenLife = checkedLife("defaultTokenLife", life);
            return this;
        }

        /**
         * Sets how long a refresh token lives where the server does not say. Default: not known, and only the server knows.
         *
         * @param life the life
         * @return this builder
         * @throws IllegalArgumentException if it is not positive, or above a year
         */
        public Builder defaultRefreshTokenLife(Duration life) {
            this.defaultRefreshTokenLife = checkedLife("defaultRefreshTokenLife", life);
            return this;
        }

        /**
         * Sets how a client proves itself where the manager has neither key nor secret. Default: it needs one.
         *
         * @param authentication the client authentication
         * @return this builder
         */
        public Builder clientAuthentication(ClientAuthentication authentication) {
            this.clientAuthentication = Objects.requireNonNull(authentication, "authentication");
            return this;
        }

        /**
         * Sets the client authentication that a client secret is used with. Default: {@code client_secret_basic}.
         *
         * @param authentication makes the client authentication of a secret, such as {@code ClientSecretPost::of}
         * @return this builder
         */
        public Builder clientSecretAuthentication(Function<String, ClientAuthentication> authentication) {
            this.clientSecretAuthentication = Objects.requireNonNull(authentication, "authentication");
            return this;
        }

        private static Duration checkedLife(String setting, Duration life) {
            Objects.requireNonNull(life, "life");
            if (life.isNegative() || life.isZero() || life.compareTo(LONGEST_LIFE) > 0) {
                throw new IllegalArgumentException(
                        setting + ": " + life + " is not above zero and at most a year; correct it or leave it out");
            }
            return life;
        }

        /**
         * Makes the provider.
         *
         * @return the provider
         * @throws IllegalArgumentException if a header of API calls is also the one that carries the access token
         */
        public Provider build() {
            for (String name : apiHeaders.keySet()) {
                if (name.equalsIgnoreCase(accessTokenHeader)) {
                    throw new IllegalArgumentException("accessTokenHeader: " + name
                            + " is set as a header of API calls, too; remove that, for it carries the access token");
                }
            }
            return new Provider(new Builder(this));
        }
    }
}
