package dev.latchkey;

import dev.latchkey.clientauth.AssertionProfile;
import dev.latchkey.clientauth.ClientAuthentication;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.TransportException;
import dev.latchkey.event.EventListener;
import dev.latchkey.grant.DeprecatedPasswordGrant;
import dev.latchkey.internal.endpoint.ClientEndpoint;
import dev.latchkey.internal.flight.Interned;
import dev.latchkey.internal.flight.Lazy;
import dev.latchkey.internal.flight.Once;
import dev.latchkey.internal.time.Time;
import dev.latchkey.login.LoginOutcome;
import dev.latchkey.provider.Provider;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenStore;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenKey;
import dev.latchkey.token.TokenResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import okhttp3.OkHttpClient;

/**
 * Gets access tokens and keeps them: one request per expiry, however many threads ask; a new one is fetched behind before
 * the old one ends; nobody waits for a token that is still good.
 *
 * <pre>{@code
 * TokenManager tokens = TokenManager.builder("https://auth.example.com/oauth2/token")
 *         .clientId("my-client").signingKey(key)
 *         .header("x-client-key", clientKey).apiOrigin("https://api.example.com")
 *         .build();
 * }</pre>
 *
 * <p>Make one and share it. {@link #close()} is not required: all threads are daemons, and they end when idle.
 *
 * <p>Thread-safety: safe.
 */
public final class TokenManager implements TokenSource, AutoCloseable {
    /** How many sign-ins are remembered as completed; a server takes each code once anyway. */
    private static final int COMPLETED_LOGINS = 10_000;

    private final Assembly assembly;
    private final Sources sources;
    private final CachingTokenSource main;
    private final Interned<TokenKey, CachingTokenSource> others;
    private final Lazy<Login> login;

    TokenManager(Assembly assembly) {
        this.assembly = assembly;
        this.sources = new Sources(assembly);
        this.main = sources.source(assembly.key());
        this.others = new Interned<>(assembly.config().settings().residentSources);
        this.login = new Lazy<>(() -> new Login(assembly, new Once(COMPLETED_LOGINS)));
    }

    /**
     * Starts a manager for an authorization server that nobody prepared.
     *
     * @param tokenEndpoint the URL that tokens are requested from: https, or http to loopback
     * @return a builder
     * @throws IllegalArgumentException if the URL is not absolute, or neither https nor loopback
     */
    public static Builder builder(String tokenEndpoint) {
        return builder(Provider.builder(tokenEndpoint).build());
    }

    /**
     * Starts a manager for a provider.
     *
     * @param provider the provider
     * @return a builder
     */
    public static Builder builder(Provider provider) {
        return new Builder(Objects.requireNonNull(provider, "provider"));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the manager is closed, or the provider gives tokens to users only
     */
    @Override
    public AccessToken token() throws OAuthException {
        AccessToken live = main.liveTokenAt(Time.machineNanos());
        return live != null ? live : Waiting.forToken(shared());
    }

    @Override
    public CompletableFuture<AccessToken> tokenAsync() {
        return isOffered() ? main.tokenAsync() : notOffered();
    }

    /** {@return the token to come, to wait for and not to hand on} */
    CompletableFuture<AccessToken> shared() {
        return isOffered() ? main.shared() : notOffered();
    }

    private boolean isOffered() {
        return provider().offers(assembly.key().grantType());
    }

    private CompletableFuture<AccessToken> notOffered() {
        return CompletableFuture.failedFuture(
                new IllegalStateException(provider().name()
                        + " gives no tokens to clients for themselves; use tokens.user(…) after adopt(…), and tag API calls with"
                        + " that source"));
    }

    @Override
    public void reject(AccessToken token) {
        main.reject(Objects.requireNonNull(token, "token"));
    }

    /**
     * Gives the source of tokens with another scope. Each scope has a token, a cache and a request of its own.
     *
     * @param scope scope tokens separated by spaces, such as {@code "system/*.rs"}; blank for the server's default
     * @return the source; the same one for the same scope, whatever its order
     * @throws IllegalArgumentException if a scope token has a character that none may have
     */
    public TokenSource scope(String scope) {
        Scope wanted = Config.scope(provider(), Scope.of(Objects.requireNonNull(scope, "scope")));
        TokenKey key = assembly.key().withScope(wanted);
        return key.equals(assembly.key()) ? this : source(key);
    }

    /**
     * Gives the source of a user's tokens. They are renewed with the refresh token that {@link #adopt} put into the store; of all
     * threads, managers and processes that share the store one at a time does so.
     *
     * @param userId the application's own id of the user; never an address or name that changes, never a secret
     * @return the source; the same one for the same user
     * @throws IllegalArgumentException if the id is blank
     */
    public TokenSource user(String userId) {
        return source(sources.keyOf(Checks.userId(userId)));
    }

    /**
     * Takes over the tokens that a sign-in brought. Whatever was stored for this user is replaced. On return they are durable, or,
     * if the store fails, kept in memory and written as soon as it is back, which an event tells.
     *
     * @param userId the application's own id of the user
     * @param response the answer of the token endpoint, just received
     * @return the source of this user's tokens
     * @throws IllegalArgumentException if the id is blank
     */
    public TokenSource adopt(String userId, TokenResponse response) {
        TokenKey key = sources.keyOf(Checks.userId(userId));
        return adopt(
                key,
                Objects.requireNonNull(response, "response"),
                engine().time().now());
    }

    /**
     * Takes over the tokens of a person who signed in. Whatever was stored for this user is replaced. On return they are durable, or,
     * if the store fails, kept in memory and written as soon as it is back, which an event tells.
     *
     * @param userId the application's own id of the user
     * @param signedIn how the sign-in ended
     * @return the source of this user's tokens
     * @throws IllegalArgumentException if the id is blank
     */
    public TokenSource adopt(String userId, LoginOutcome.SignedIn signedIn) {
        TokenKey key = sources.keyOf(Checks.userId(userId));
        Objects.requireNonNull(signedIn, "signedIn");
        return adopt(key, signedIn.response(), signedIn.sentAt());
    }

    private TokenSource adopt(TokenKey key, TokenResponse response, Instant sentAt) {
        AccessToken token = users().adopt(key, response, sentAt);
        CachingTokenSource source = source(key);
        source.serve(token);
        return source;
    }

    /**
     * Takes over a refresh token from elsewhere, such as from another library's store. Whatever was stored for this user is
     * replaced. From now on only this SDK may use it.
     *
     * @param userId the application's own id of the user
     * @param refreshToken the refresh token
     * @return the source of this user's tokens
     * @throws IllegalArgumentException if the id is blank
     */
    public TokenSource adopt(String userId, RefreshToken refreshToken) {
        TokenKey key = sources.keyOf(Checks.userId(userId));
        users().adopt(key, Objects.requireNonNull(refreshToken, "refreshToken"));
        CachingTokenSource source = source(key);
        source.forget();
        return source;
    }

    /**
     * Gives up the tokens of a user: forgets them here and in the store at once, then tells the authorization server, if the provider
     * has a way to. Other processes notice at their next refresh, or when an API refuses the token.
     *
     * @param userId the application's own id of the user
     * @throws OAuthException if the server could not be told; the tokens are forgotten all the same
     * @throws IllegalArgumentException if the id is blank
     */
    public void signOut(String userId) throws OAuthException {
        TokenKey key = sources.keyOf(Checks.userId(userId));
        source(key).forget();
        Optional<StoredToken> given = users().forget(key);
        source(key).forget();
        if (given.isPresent()) {
            assembly.signOut().revoke(given.get());
        }
    }

    /** {@return how people sign in, at the provider's page} */
    public Login login() {
        return login.get();
    }

    /** {@return how people sign in where the client asks for name and password itself; few providers have that} */
    public ApiModeLogin apiModeLogin() {
        return new ApiModeLogin(assembly, login.get());
    }

    private Users users() {
        return new Users(provider(), assembly.key().scope(), assembly.users().get(), engine().time()::now);
    }

    private CachingTokenSource source(TokenKey key) {
        return others.get(key, sources::source);
    }

    /**
     * Ends the manager: those who wait for a token are told, requests under way are cancelled, tokens are forgotten. A request with
     * a refresh token is not cancelled, since its answer may be the only one: this waits for it, as long as one request may take,
     * and stores what it brings. Only what the manager made itself is shut down, never the user's client or executor. Repeated
     * calls do nothing.
     */
    @Override
    public void close() {
        if (!assembly.engine().closed().compareAndSet(false, true)) {
            return;
        }
        OAuthException reason = new TransportException(ErrorDetails.builder("Token request", "the manager was closed")
                .remedy("Close the TokenManager after the last call that needs a token.")
                .build());
        main.close(reason);
        others.values().forEach(source -> source.close(reason));
        assembly.close();
    }

    /** {@return the provider and the client, never a secret} */
    @Override
    public String toString() {
        return "TokenManager[" + assembly.config().provider() + ", client "
                + assembly.key().clientId() + "]";
    }

    Provider provider() {
        return assembly.config().provider();
    }

    ClientEndpoint clientEndpoint() {
        return assembly.clientEndpoint();
    }

    Engine engine() {
        return assembly.engine();
    }

    CachingTokenSource main() {
        return main;
    }

    /**
     * Makes a {@link TokenManager}. A setter checks its own value at once, {@link #build()} checks how they fit together;
     * both name the setting and the remedy, and never show a secret.
     *
     * <p>Thread-safety: not thread-safe.
     */
    public static final class Builder {
        final Provider.Builder provider;
        final Settings settings = new Settings();

        private Builder(Provider provider) {
            this.provider = provider.toBuilder();
        }

        /**
         * Sets the client identifier (RFC 6749, section 2.2). Required.
         *
         * @param clientId the identifier the authorization server knows this client by
         * @return this builder
         * @throws IllegalArgumentException if it is blank or has a line break or another control character
         */
        public Builder clientId(String clientId) {
            settings.clientId = Checks.clientId(clientId);
            return this;
        }

        /**
         * Proves the client with assertions signed by this key ({@code private_key_jwt}, RFC 7523). The algorithm follows
         * from the key: RSA signs RS384, a P-384 key ES384.
         *
         * @param key the private key
         * @return this builder
         */
        public Builder signingKey(SigningKey key) {
            return signingKeys(List.of(Objects.requireNonNull(key, "key")));
        }

        /**
         * Proves the client with assertions signed by the key that is active: of several, the one with the latest
         * {@link SigningKey#withActiveFrom time} that has come. Where the server refuses the client with it, one more request
         * is signed with the one before it, or, where there is none, with the next.
         *
         * @param keys the private keys
         * @return this builder
         */
        public Builder signingKeys(Collection<SigningKey> keys) {
            settings.signingKeys = List.copyOf(Objects.requireNonNull(keys, "keys"));
            return this;
        }

        /**
         * Proves the client with a secret, in the way the provider wants it. Default of a provider that does not say:
         * {@code client_secret_basic}.
         *
         * @param clientSecret the secret
         * @return this builder
         * @throws IllegalArgumentException if it is blank or has a line break or another control character
         */
        public Builder clientSecret(String clientSecret) {
            settings.clientSecret = Checks.clientSecret(clientSecret);
            return this;
        }

        /**
         * Proves the client in any of the registered ways. Exactly one of this, {@link #signingKey} and
         * {@link #clientSecret} is set.
         *
         * @param authentication the client authentication
         * @return this builder
         */
        public Builder clientAuthentication(ClientAuthentication authentication) {
            settings.clientAuthentication = Objects.requireNonNull(authentication, "authentication");
            return this;
        }

        /**
         * Sets what a client assertion looks like. Default: as the provider has it.
         *
         * @param profile the profile
         * @return this builder
         */
        public Builder assertionProfile(AssertionProfile profile) {
            provider.assertionProfile(profile);
            return this;
        }

        /**
         * Signs with this JCA provider, such as Amazon's Corretto provider. Default: the JDK's choice.
         *
         * @param jcaProvider the JCA provider
         * @return this builder
         */
        public Builder jcaProvider(java.security.Provider jcaProvider) {
            settings.jcaProvider = Objects.requireNonNull(jcaProvider, "jcaProvider");
            return this;
        }

        /**
         * Sets the issuer identifier of the authorization server, exactly as its metadata has it. With an issuer, it is the
         * audience of assertions (RFC 10070). Default: as the provider has it.
         *
         * @param issuer the issuer identifier
         * @return this builder
         * @throws IllegalArgumentException if it is not an absolute URL, or neither https nor loopback
         */
        public Builder issuer(String issuer) {
            provider.issuer(issuer);
            return this;
        }

        /**
         * Sets a header of every token request and every API call, such as {@code x-client-key}. Default: those of the
         * provider.
         *
         * @param name the field name
         * @param value the field value; kept out of every message, and away from foreign origins
         * @return this builder
         * @throws IllegalArgumentException if no request could carry it, or the SDK sets it itself
         */
        public Builder header(String name, String value) {
            provider.header(name, value);
            return this;
        }

        /**
         * Adds an origin that the token and the headers may be sent to. Default: those of the provider, and the origin of
         * the token endpoint.
         *
         * @param apiOrigin an origin such as {@code https://api.example.com}: https, or http to loopback
         * @return this builder
         * @throws IllegalArgumentException if it is not an absolute URL, or neither https nor loopback
         */
        public Builder apiOrigin(String apiOrigin) {
            provider.apiOrigin(apiOrigin);
            return this;
        }

        /**
         * Sets the scope to ask for (RFC 6749, section 3.3). Default: none, and the server decides.
         *
         * @param scope scope tokens separated by spaces
         * @return this builder
         * @throws IllegalArgumentException if a scope token has a character that none may have
         */
        public Builder scope(String scope) {
            settings.scope = Scope.of(Objects.requireNonNull(scope, "scope"));
            return this;
        }

        /**
         * Gets tokens with the name and password of an account in place of client credentials. RFC 9700 deprecates this grant,
         * and only a provider whose own documents name it can be used with it. Default: not used.
         *
         * @param grant name and password
         * @return this builder
         */
        public Builder passwordGrant(DeprecatedPasswordGrant grant) {
            settings.passwordGrant = Objects.requireNonNull(grant, "grant");
            return this;
        }

        /**
         * Sends token requests with the proxy, the trust store, the DNS and the connections of this client. Its
         * interceptors, event listeners, cookies, cache and redirects are left out: a token request carries credentials. Default: a client
         * of the manager's own.
         *
         * <p>Derive the client of API calls from the same one, {@code interceptor.applyTo(httpClient.newBuilder())}: then a
         * proxy, a trust store or a client certificate is set once and holds for both.
         *
         * @param httpClient the client; it stays the caller's and is never shut down
         * @return this builder
         */
        public Builder httpClient(OkHttpClient httpClient) {
            settings.httpClient = Objects.requireNonNull(httpClient, "httpClient");
            return this;
        }

        /**
         * Sets how long one token request may take in all, from name look-up to the end of the answer. Default: 10
         * seconds.
         *
         * @param timeout the time
         * @return this builder
         * @throws IllegalArgumentException if it is below a millisecond or above a day
         */
        public Builder requestTimeout(Duration timeout) {
            settings.requestTimeout = Checks.time("requestTimeout", timeout, Duration.ofDays(1));
            return this;
        }

        /**
         * Sets how long callers wait for a token in all, with every retry, pause, signer and store that is part of it. Then
         * they are told, and the next one starts anew. Default: 1 minute.
         *
         * @param timeout the time
         * @return this builder
         * @throws IllegalArgumentException if it is not positive, or longer than an hour
         */
        public Builder tokenTimeout(Duration timeout) {
            settings.tokenTimeout = Checks.time("tokenTimeout", timeout, Duration.ofHours(1));
            return this;
        }

        /**
         * Sets how many times a failed token request is tried again while callers wait, each time with a new assertion,
         * and only where the fault allows it. Once all of that has failed, those who go on asking cause single requests after
         * growing pauses, until one succeeds. Default: 3.
         *
         * @param retries the number; 0 for none
         * @return this builder
         * @throws IllegalArgumentException if it is negative or above 10
         */
        public Builder retries(int retries) {
            settings.retries = Checks.retries(retries);
            return this;
        }

        /**
         * Caps how long before its end a token is refreshed. A refresh starts when about a fifth of the life is left, or
         * at about this time, whichever comes later; both move by up to a fifth of themselves, so that replicas do not
         * refresh together. It never starts later than 20 seconds, or a tenth of the life, before the end. Default: 5
         * minutes.
         *
         * @param margin the longest time before the end
         * @return this builder
         * @throws IllegalArgumentException if it is below a millisecond or above a year
         */
        public Builder refreshMargin(Duration margin) {
            settings.refreshMargin = Checks.time("refreshMargin", margin, Duration.ofDays(365));
            return this;
        }

        /**
         * Sets how many sources of users and of other scopes stay in memory while nobody holds them; those used last stay. What
         * leaves is read from the store again when it is wanted, and nothing that is not stored yet leaves. Default: 10,000.
         *
         * @param sources the number
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder residentSources(int sources) {
            settings.residentSources = Checks.atLeastOne("residentSources", sources);
            return this;
        }

        /**
         * Shares tokens with other managers of the same client through a store: one request for all of them. Default:
         * none, and each manager fetches for itself.
         *
         * @param store the store
         * @return this builder
         */
        public Builder store(TokenStore store) {
            settings.store = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Tells a listener what happens. Default: none.
         *
         * @param listener the listener
         * @return this builder
         */
        public Builder eventListener(EventListener listener) {
            settings.eventListener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Runs token requests on this executor, such as one of virtual threads. It must not be one whose threads wait for
         * tokens. Default: up to 64 daemon threads of the manager's own, which end when idle.
         *
         * @param executor the executor; it stays the caller's and is never shut down
         * @return this builder
         */
        public Builder executor(ExecutorService executor) {
            settings.executor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /**
         * Reads the wall clock here; for tests. Default: the clock of this machine.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(InstantSource clock) {
            settings.time = settings.time.withClock(clock);
            return this;
        }

        /**
         * Reads the time that has passed here; for tests. Default: {@link System#nanoTime}.
         *
         * @param ticker gives nanoseconds from an arbitrary point; must never go back
         * @return this builder
         */
        public Builder ticker(LongSupplier ticker) {
            settings.time = settings.time.withTicker(ticker);
            return this;
        }

        /**
         * Times the pauses before retries with this scheduler; for tests. Default: the JDK's own daemon timer.
         *
         * @param scheduler the scheduler; it stays the caller's and is never shut down
         * @return this builder
         */
        public Builder scheduler(ScheduledExecutorService scheduler) {
            settings.time = settings.time.withScheduler(scheduler);
            return this;
        }

        /**
         * Makes the manager. Nothing is sent and no thread is started.
         *
         * @return the manager
         * @throws IllegalArgumentException if a setting is missing or settings do not fit together
         * @throws IllegalStateException if OkHttp 4 is on the class path in place of OkHttp 5
         */
        public TokenManager build() {
            return new TokenManager(Assembly.of(Config.of(provider.build(), settings.copy())));
        }
    }
}
