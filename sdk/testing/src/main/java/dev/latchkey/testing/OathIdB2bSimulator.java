package dev.latchkey.testing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A simulator of Oath ID B2B, the identity service of AOL and Yahoo on OpenAM: token endpoint, introspection and userinfo
 * under {@code /identity/oauth2}, and two APIs of its products, {@code /api/} with a Bearer token and {@code /traffic/}
 * with {@code X-Auth-Method: OAuth2} and {@code X-Auth-Token}, as Yahoo DSP asks.
 *
 * <pre>{@code
 * try (OathIdB2bSimulator oath = OathIdB2bSimulator.start()) {
 *     oath.registerClient("my-client", "my-secret", "dsp", "dsp-api-access");
 *     String token = new MyTokens(oath.tokenEndpoint()).token();
 *     assertThat(oath.isActive(token)).isTrue();
 * }
 * }</pre>
 *
 * <p>The token endpoint checks in this order: method, content type, {@code grant_type} present and known, the form of the
 * assertion with its {@code alg}, the client by {@code sub} and {@code realm}, {@code aud} equal to or holding {@code
 * tokenEndpoint() + "?realm=" + realm} unencoded, the HS256 signature with the secret's UTF-8 bytes, {@code iss} equal to
 * {@code sub}, {@code exp} at most 24 hours ahead and not over for 5 minutes or more, {@code iat} not older than 24 hours,
 * scopes, the grant. A {@code client_secret} in the body is taken in place of an assertion, as public clients send it. A
 * {@code jti} used again is counted and not refused, as OpenAM does.
 *
 * <p>The texts are documented, the statuses are OpenAM's. Not documented, and taken to be so:
 *
 * <ul>
 *   <li>the order; that a content type with {@code charset} and an assertion whose {@code typ} is not {@code JWT} are
 *       refused; that a missing {@code scope}, {@code code}, {@code refresh_token}, {@code username}, {@code password} or
 *       assertion, and a time that is no integer, is the {@code server_error} under which the page lists such causes;
 *   <li>refresh tokens: OpenAM's defaults, seven days and a new one with each use; a refresh that names scopes names all
 *       that were granted; the error of a wrong password is that of a wrong code;
 *   <li>the errors of introspection with statuses 400 and 403; that a token of another realm is inactive, and a refresh
 *       token too; that userinfo asks for no scope, and has a {@code server_error} for a client's own token;
 *   <li>what the APIs answer without a good token, with the statuses and bodies of userinfo;
 *   <li>{@link #rateLimit()}: status 429, no limit is known; {@link #goDown()}: {@code server_error} with status 500. The
 *       documented status 400 comes by {@code nextError("oath-server-error")}.
 * </ul>
 *
 * <p>People sign in at {@code /identity/oauth2/authorize}, where the test plays them with {@link #signIn(String, String)}
 * or {@link #decline}; over HTTP there is nothing to see. With the scope {@code openid}, a code brings an {@code id_token}.
 * Not documented, and taken to be so: a code is good for two minutes, OpenAM's default, and for one use, a second use ends
 * what the first gave; a redirect URI that is not registered or not the same spends the code; a proof key is checked where
 * one was sent; the {@code realm} in an ID token has a slash before it; the paths of keys and revocation, and that a
 * client revokes its own tokens only. Introspection and userinfo count as API calls, and are scripted as such; revocation
 * counts apart.
 *
 * <p>Thread-safety: safe.
 */
public final class OathIdB2bSimulator extends ProviderSimulator {

    private static final String NAME = "oath";
    private static final String JWKS_PATH = "/identity/oauth2/connect/jwk_uri";
    private static final String REVOCATION_PATH = "/identity/oauth2/token/revoke";
    private static final Duration CODE_LIFE = Duration.ofMinutes(2);
    private static final Duration REFRESH_TOKEN_LIFE = Duration.ofDays(7);

    private final OathClients clients = new OathClients();
    private final Set<String> redirectUris = ConcurrentHashMap.newKeySet();
    private final SigningKeys keys = new SigningKeys();
    private final Journal revocations = state().journal.beside("Revocation request");
    private final OathTokens tokens;
    private final OathGrants grants;
    private final SignIns signIns;
    private final ConsentPage page;

    private OathIdB2bSimulator(InstantSource time) {
        super(new SimulatorState(NAME, time), dialect(ErrorCatalog.of(NAME)), "/identity/oauth2/access_token");
        SimulatorState state = state();
        state.settings.tokenLife = Duration.ofSeconds(599);
        tokens = new OathTokens(state, clients);
        signIns = new SignIns(new SignIns.Expectation(state.errors, "oath-refresh"), time, REFRESH_TOKEN_LIFE);
        AuthorizationCodes codes = new AuthorizationCodes(time, CODE_LIFE, this::endFamily);
        page = new ConsentPage(new OathAuthorizationRules(clients, redirectUris), codes, time, OathTokens::value);
        OathIdTokens idTokens = new OathIdTokens(new IdTokens(keys), issuer(), state.clock);
        grants = new OathGrants(
                state,
                clients,
                new OathGrants.Issued(tokens, signIns),
                new OathCodeGrant(state.errors, codes, idTokens, redirectUris),
                time);
        OathAuthentication authentication =
                new OathAuthentication(state.errors, clients, new OathAssertionCheck(state, tokenEndpoint()));
        serve(
                new OathTokenRules(state, authentication, grants),
                new OathApiRules(
                        state,
                        new OathIntrospection(state.errors, tokens, issuer()),
                        new OathUserinfo(state.errors, tokens)),
                revocation(authentication),
                Lane.open(new PageSite(JWKS_PATH, keys::jwkSet, state.date()::on), pageScript()));
    }

    private Lane revocation(OathAuthentication authentication) {
        SimulatorState state = state();
        TokenRules rules =
                new OathRevocationRules(authentication, new OathRevocationRules.Tokens(state, tokens, signIns));
        return Lane.open(
                new TokenEndpoint(
                        new TokenEndpoint.TokenServer(REVOCATION_PATH, rules, revocations, state.jtis, state.date())),
                pageScript());
    }

    private String issuer() {
        return baseUrl() + "/identity";
    }

    private void endFamily(String family) {
        signIns.end(family);
        state().accessTokens.revokeFamily(family);
    }

    private static Dialect dialect(ErrorCatalog errors) {
        return new Dialect(
                Dialect.Pair.both(Answer.json(429, "{\"code\":429,\"message\":\"Too Many Requests\"}")),
                Dialect.Pair.both(errors.require("oath-server-error-500").answer()));
    }

    /** {@return a running simulator on the system's clock} */
    public static OathIdB2bSimulator start() {
        return new OathIdB2bSimulator(InstantSource.system());
    }

    /**
     * {@return a running simulator on a fake clock}
     *
     * <p>It reads {@link FakeTime#steady()}, so that {@link FakeTime#stepWallClock} puts the client's clock off, not the
     * server's.
     *
     * @param time the clock
     */
    public static OathIdB2bSimulator start(FakeTime time) {
        return new OathIdB2bSimulator(time.steady());
    }

    /**
     * Registers a client; one of the same id in the same realm is replaced.
     *
     * @param clientId the client id
     * @param clientSecret the secret, of any length
     * @param realm the realm, in lower case, such as {@code aolcorporate/aolexternals}
     * @param scopes what it may ask for, one each, at least one; {@code introspect} lets its tokens introspect
     * @throws IllegalArgumentException if the realm is not in lower case, or if there is no scope
     */
    public void registerClient(String clientId, String clientSecret, String realm, String... scopes) {
        clients.put(FakeClient.clientSecretJwt(clientId, clientSecret, "HS256").scopes(scopes), realm);
    }

    /**
     * Registers a person, for the grant {@code password}.
     *
     * @param name the user name, which is the user id as well
     * @param password the password
     */
    public void registerUser(String name, String password) {
        clients.putUser(name, password);
    }

    /**
     * {@return a refresh token, as if that person had signed in by the one registered client, for all its scopes}
     *
     * @param userId the person, who need not be registered
     * @throws IllegalStateException if no client is registered, or more than one
     */
    public String signIn(String userId) {
        OathClient client = clients.onlyOne();
        return grants.open(Principal.of(
                client.key(),
                Checks.notBlank(userId, "userId"),
                client.registered().scopes()));
    }

    /**
     * Registers a redirect URI, for every client. An authorization request must name one of them, the same to the last
     * character.
     *
     * @param redirectUri an absolute URI without a fragment, of any scheme
     * @throws IllegalArgumentException if it is relative or has a fragment
     */
    public void registerRedirectUri(String redirectUri) {
        redirectUris.add(RedirectUris.checked(redirectUri));
    }

    /** {@return the address of the page on which people sign in} */
    public String authorizationEndpoint() {
        return baseUrl() + "/identity/oauth2/authorize";
    }

    /** {@return the address of the public keys, with which ID tokens are checked} */
    public String jwksUri() {
        return baseUrl() + JWKS_PATH;
    }

    /** {@return the address of the revocation endpoint} */
    public String revocationEndpoint() {
        return baseUrl() + REVOCATION_PATH;
    }

    /** {@return how many revocation requests arrived, counted on the wire, refused ones included} */
    public int revocationCount() {
        return revocations.requests().size();
    }

    /**
     * {@return the callback URI, as if a person had opened the address, signed in and agreed: with {@code code}, or with
     * {@code error} where the request is wrong}
     *
     * @param authorizationUrl {@link #authorizationEndpoint()} with the request's parameters
     * @param userId the person, who need not be registered
     * @throws AssertionError if the page would redirect nobody: an unknown client or realm, an unknown redirect URI,
     *     another address
     */
    public String signIn(String authorizationUrl, String userId) {
        Objects.requireNonNull(authorizationUrl, "authorizationUrl");
        return page.open(authorizationUrl, authorizationEndpoint(), Person.agreeing(userId));
    }

    /**
     * {@return the callback URI, as if a person had opened the address and declined}
     *
     * @param authorizationUrl {@link #authorizationEndpoint()} with the request's parameters
     * @throws AssertionError if the page would redirect nobody
     */
    public String decline(String authorizationUrl) {
        Objects.requireNonNull(authorizationUrl, "authorizationUrl");
        return page.open(authorizationUrl, authorizationEndpoint(), Person.DECLINING);
    }

    /**
     * Tells whether a refresh brings a new refresh token, which ends the old one; or none, and the old one stays good.
     *
     * @param rotate whether it does. Default: true, as with OpenAM; what Oath has set is not documented
     */
    public void rotateRefreshTokens(boolean rotate) {
        state().settings.rotateRefreshTokens = rotate;
    }

    /**
     * Tells whether {@code expires_in} is sent as text, such as {@code "599"}, as an older sample has it.
     *
     * @param text whether it is. Default: false
     */
    public void expiresInAsText(boolean text) {
        tokens.lifeAsText(text);
    }

    @Override
    public boolean isActive(String token) {
        return super.isActive(Objects.requireNonNull(token, "token")) || signIns.isCurrent(token);
    }

    @Override
    public void revoke(String token) {
        super.revoke(Objects.requireNonNull(token, "token"));
        signIns.revoke(token).ifPresent(state().accessTokens::revokeFamily);
    }
}
