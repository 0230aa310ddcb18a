package dev.latchkey.testing;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A simulator of the OLX Partner API: its token endpoint, with and without a slash at the end, and the API under {@code
 * /api/partner}.
 *
 * <pre>{@code
 * try (OlxPartnerSimulator olx = OlxPartnerSimulator.start()) {
 *     olx.registerClient("100001", "my-secret");
 *     String token = new MyTokens(olx.tokenEndpoint()).token();
 *     assertThat(olx.isActive(token)).isTrue();
 * }
 * }</pre>
 *
 * <p>The token endpoint takes JSON, as documented, and a form, as public clients send it. It checks in this order: {@code
 * grant_type} present, client id and secret, client active, grant allowed, the parameters of the grant, scopes. The API
 * checks the header {@code Version}, no {@code Content-Type} on a GET, a token present, valid, with the scopes {@code
 * read write v2}, and, at {@code users/me}, {@code adverts} and {@code threads}, of a person.
 *
 * <p>Access tokens live 24 hours, refresh tokens 30 days from their last use. A refresh brings the same refresh token on
 * the day on which it was issued and a new one on another day, and a scope whose words are in another order than asked.
 *
 * <p>The texts and most statuses are documented. Not documented, and taken to be so:
 *
 * <ul>
 *   <li>the order, which is that of the open-source library of which the texts are;
 *   <li>the status 400 of a grant that is not allowed and of a bad refresh token; the former also for an unknown grant
 *       type, and the code of a missing parameter also for a missing {@code refresh_token};
 *   <li>that a body of another content type is read as having no parameters, and that {@code client_credentials} without a
 *       {@code scope} is refused as a wrong scope;
 *   <li>that a replaced refresh token is refused at once, and that the day is that of UTC;
 *   <li>that {@code client_credentials} brings no refresh token, which the contract leaves open;
 *   <li>that every call of the API needs all three scopes, and that a body that is not JSON gets status 415;
 *   <li>that the token endpoint is blocked and down as the API is. Requests are not counted: {@link #rateLimit()} stands
 *       for the limit of 4,500 in five minutes, with the page of status 403.
 * </ul>
 *
 * <p>People sign in at {@code /oauth/authorize/}, where the test plays them with {@link #signIn(String, String,
 * String...)} or {@link #decline}; over HTTP there is nothing to see. A code is good for 10 minutes and one use; proof keys
 * are ignored. {@code redirect_uri} may be left out where one is registered; where it was sent, the token request must
 * repeat it. Not documented, and taken to be so: that a wrong or missing one spends the code, that a second use ends what
 * the first gave, and the texts in the callback.
 *
 * <p>Thread-safety: safe.
 */
public final class OlxPartnerSimulator extends ProviderSimulator {

    private static final String NAME = "olx";
    private static final String TOKEN_PATH = "/api/open/oauth/token";
    private static final Duration CODE_LIFE = Duration.ofMinutes(10);
    private static final Duration REFRESH_TOKEN_LIFE = Duration.ofDays(30);

    private final OlxClients clients = new OlxClients();
    private final Set<String> redirectUris = ConcurrentHashMap.newKeySet();
    private final OlxTokens tokens;
    private final OlxGrants grants;
    private final SignIns signIns;
    private final ConsentPage page;

    private OlxPartnerSimulator(InstantSource time) {
        super(new SimulatorState(NAME, time), dialect(ErrorCatalog.of(NAME)), TOKEN_PATH);
        SimulatorState state = state();
        state.settings.tokenLife = Duration.ofHours(24);
        tokens = new OlxTokens(state.accessTokens, time);
        signIns = new SignIns(new SignIns.Expectation(state.errors, "olx-11"), time, REFRESH_TOKEN_LIFE);
        AuthorizationCodes codes = new AuthorizationCodes(time, CODE_LIFE, this::endFamily);
        page = new ConsentPage(new OlxAuthorizationRules(clients, redirectUris), codes, time, OlxTokens::value);
        grants = new OlxGrants(state.errors, tokens, signIns, codes, time);
        OlxTokenRules rules = new OlxTokenRules(state.errors, clients, grants);
        serve(rules, new OlxApiRules(state), withSlash(rules));
    }

    private void endFamily(String family) {
        signIns.end(family);
        state().accessTokens.revokeFamily(family);
    }

    /** The same door by its other name. */
    private Lane withSlash(TokenRules rules) {
        SimulatorState state = state();
        return new Lane(
                new TokenEndpoint(new TokenEndpoint.TokenServer(
                        TOKEN_PATH + "/", rules, state.journal, state.jtis, state.date())),
                host().script(),
                host().gate());
    }

    private static Dialect dialect(ErrorCatalog errors) {
        return new Dialect(
                Dialect.Pair.both(errors.require("olx-blocked").answer()),
                Dialect.Pair.both(errors.require("olx-500").answer()));
    }

    /** {@return a running simulator on the system's clock} */
    public static OlxPartnerSimulator start() {
        return new OlxPartnerSimulator(InstantSource.system());
    }

    /**
     * {@return a running simulator on a fake clock}
     *
     * <p>It reads {@link FakeTime#steady()}, so that {@link FakeTime#stepWallClock} puts the client's clock off, not the
     * server's.
     *
     * @param time the clock
     */
    public static OlxPartnerSimulator start(FakeTime time) {
        return new OlxPartnerSimulator(time.steady());
    }

    /**
     * Registers a client, active, with every grant and the scopes {@code v2 read write}; one of the same id is replaced.
     *
     * @param clientId the client id
     * @param clientSecret the secret
     */
    public void registerClient(String clientId, String clientSecret) {
        clients.put(
                OlxClient.of(FakeClient.clientSecretPost(clientId, clientSecret).scopes("v2", "read", "write")));
    }

    /**
     * Deactivates a client: it gets no token any more, those it has stay good. Registering it again makes it active.
     *
     * @param clientId the client id
     * @throws IllegalArgumentException if there is no such client
     */
    public void deactivate(String clientId) {
        clients.change(Objects.requireNonNull(clientId, "clientId"), OlxClient::deactivated);
    }

    /**
     * Allows a client these grants and no others.
     *
     * @param clientId the client id
     * @param grants of {@code authorization_code}, {@code client_credentials} and {@code refresh_token}. Default: all
     * @throws IllegalArgumentException if there is no such client, or no such grant
     */
    public void allowGrants(String clientId, String... grants) {
        Set<String> allowed = new LinkedHashSet<>(List.of(grants));
        clients.change(Objects.requireNonNull(clientId, "clientId"), client -> client.withGrants(allowed));
    }

    /**
     * Registers a redirect URI, for every client. An authorization request must name one of them, the same to the last
     * character, or none where there is one only.
     *
     * @param redirectUri an https URI without a fragment, of another host than {@code localhost}
     * @throws IllegalArgumentException if it is another
     */
    public void registerRedirectUri(String redirectUri) {
        URI uri = URI.create(RedirectUris.checked(redirectUri));
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null || "localhost".equals(uri.getHost())) {
            throw new IllegalArgumentException(
                    "redirectUri must be of https and not of localhost, but is " + redirectUri);
        }
        redirectUris.add(redirectUri);
    }

    /** {@return the address of the page on which people sign in} */
    public String authorizationEndpoint() {
        return baseUrl() + "/oauth/authorize/";
    }

    /**
     * {@return the callback URI, as if a person had opened the address, signed in and agreed: with {@code code}, or with
     * {@code error} where the request is wrong}
     *
     * @param authorizationUrl {@link #authorizationEndpoint()} with the request's parameters
     * @param userId the person, who need not be registered
     * @param scopes what the person lets the client have, one each, of those asked for. Default: all of them
     * @throws AssertionError if the page would redirect nobody: an unknown client, an unknown redirect URI, another address
     * @throws IllegalArgumentException if a scope was not asked for
     */
    public String signIn(String authorizationUrl, String userId, String... scopes) {
        Objects.requireNonNull(authorizationUrl, "authorizationUrl");
        Person person = Person.agreeing(userId, new LinkedHashSet<>(List.of(scopes)));
        return page.open(authorizationUrl, authorizationEndpoint(), person);
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
     * {@return a refresh token, as if that person had signed in by the one registered client and agreed to everything}
     *
     * @param userId the person, who need not be registered
     * @throws IllegalStateException if no client is registered, or more than one
     */
    public String signIn(String userId) {
        return signInWithScopes(userId, "v2", "read", "write");
    }

    /**
     * {@return a refresh token, as if that person had signed in by the one registered client}
     *
     * @param userId the person, who need not be registered
     * @param scopes what the person let it have, one each, of {@code v2}, {@code read} and {@code write}
     * @throws IllegalArgumentException if there is no such scope
     * @throws IllegalStateException if no client is registered, or more than one
     */
    public String signInWithScopes(String userId, String... scopes) {
        Set<String> granted = new LinkedHashSet<>(List.of(scopes));
        if (!OlxApiRules.SCOPES.containsAll(granted)) {
            throw new IllegalArgumentException("scopes must be of v2, read and write, but are " + granted);
        }
        return grants.open(Principal.of(clients.onlyOne().id(), Checks.notBlank(userId, "userId"), granted));
    }

    /**
     * Tells whether a refresh before the access token's end brings the same access token with what is left of {@code
     * expires_in}, or a new one beside it. The contract says either in one place each.
     *
     * @param same whether it is the same. Default: true
     */
    public void sameTokenOnEarlyRefresh(boolean same) {
        tokens.sameOnEarlyRefresh(same);
    }

    /**
     * Tells whether {@code expires_in} is sent as text, such as {@code "86400"}, as one official page has it.
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
