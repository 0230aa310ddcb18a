package dev.latchkey.testing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server in the same process, on the loopback interface, that is as strict as the specifications allow.
 *
 * <p>Its token endpoint really checks client authentication (assertions with signature, key, algorithm, audience,
 * lifetime and one-time {@code jti}; secrets; public clients), the form of the request, scopes, authorization codes with
 * their proof key, and refresh tokens with rotation. There are an authorization endpoint, where the test plays the
 * person, revocation, introspection, public keys and discovery documents. A refusal says in {@code error_description} what was wrong. On top of that it follows scripts of failures,
 * holds requests, and remembers what it saw, counted on the wire: a request that an HTTP client sends again by itself
 * counts twice.
 *
 * <pre>{@code
 * try (FakeAuthorizationServer server = FakeAuthorizationServer.start()) {
 *     server.register(FakeClient.clientSecretPost("my-client", "my-secret").scopes("read"));
 *     String token = new MyTokenFetcher(server.tokenEndpoint(), "my-client", "my-secret").fetch();
 *     assertThat(server.isActive(token)).isTrue();
 *     assertThat(server.violations()).isEmpty();
 * }
 * }</pre>
 *
 * <p>To sign in takes no browser: {@link #signIn} is what a person does, and returns what comes back to the redirect
 * URI. Proof keys with S256 are required, redirect URIs are compared to the last character. A code is good for 10
 * minutes and for one use, by the client that asked for it; a wrong verifier spends it, a second use ends all that the
 * first gave. {@code next}, {@code always} and {@code hold} concern token requests.
 *
 * <p>All settings may be changed while the server runs and hold from the next request on. Call {@link #close()} at the
 * end; it releases what is held.
 *
 * <p>Thread-safety: safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749">RFC 6749, The OAuth 2.0 Authorization Framework</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523">RFC 7523, JWT profile for client authentication</a>
 */
public final class FakeAuthorizationServer extends SignInServer {

    private final Endpoints endpoints;
    private final Settings settings = new Settings();
    private final Registrations clients = new Registrations();
    private final Journal journal = new Journal();
    private final JtiLog jtis = new JtiLog(false);
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final SignInParts parts;

    private FakeAuthorizationServer(Builder builder) {
        super(Host.start(builder.tls));
        String issuer = host().origin() + builder.issuerPath;
        endpoints = new Endpoints(issuer, issuer + builder.tokenPath, builder.issuerPath + builder.tokenPath);
        settings.tokenLife = builder.tokenLife;
        InstantSource time = builder.time;
        accessTokens = new AccessTokens(time, settings);
        refreshTokens = new RefreshTokens(time, settings, accessTokens);
        InstantSource clock = () -> time.instant().plus(settings.clockOffset);
        DateHeader date = new DateHeader(clock, settings);
        ClientAuthenticationCheck authentication = new ClientAuthenticationCheck(
                clients, new AssertionCheck(clock, settings, new AudienceCheck(endpoints), jtis));
        parts = new SignInParts(
                endpoints,
                new SignInParts.Shared(
                        clients, new SignInParts.Tokens(accessTokens, refreshTokens), authentication, journal),
                time,
                date);
        TokenRules rules = new StandardTokenRules(
                new RequestRules(settings),
                authentication,
                new Grants(settings, accessTokens, refreshTokens, parts.codeGrant(clock)));
        host().serve(
                        new TokenEndpoint(
                                new TokenEndpoint.TokenServer(endpoints.tokenPath(), rules, journal, jtis, date)),
                        parts.lanes(jtis, date).toArray(new Lane[0]));
    }

    /** {@return a running server on the system's clock} */
    public static FakeAuthorizationServer start() {
        return builder().start();
    }

    /**
     * {@return a running server on a fake clock}
     *
     * <p>It reads {@link FakeTime#steady()}, so that {@link FakeTime#stepWallClock} puts the client's clock off, not
     * the server's.
     *
     * @param time the clock
     */
    public static FakeAuthorizationServer start(FakeTime time) {
        return builder().time(time.steady()).start();
    }

    /** {@return a builder for a server with other settings} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the issuer identifier, such as {@code http://127.0.0.1:4711}} */
    public String issuer() {
        return endpoints.issuer();
    }

    /** {@return the address of the token endpoint} */
    public String tokenEndpoint() {
        return endpoints.tokenEndpoint();
    }

    /**
     * Registers a client; one of the same id is replaced.
     *
     * @param client the client
     */
    public void register(FakeClient client) {
        clients.put(client);
    }

    /**
     * Sets how long access tokens live that are issued from now on.
     *
     * @param life the life. Default: 5 minutes
     */
    public void tokenLife(Duration life) {
        settings.tokenLife = Checks.notNegative(life, "life");
    }

    /**
     * Puts the server's clock off, for its checks of assertions and for the header {@code Date}. The lives of tokens do
     * not change.
     *
     * @param offset how far the server's clock is ahead, negative for behind. Default: none
     */
    public void clockOffset(Duration offset) {
        settings.clockOffset = Objects.requireNonNull(offset, "offset");
    }

    /**
     * Tells whether answers carry the header {@code Date}, by the server's clock.
     *
     * @param send whether they do. Default: false, as some real servers have it
     */
    public void sendDate(boolean send) {
        settings.sendDate = send;
    }

    /**
     * Tells whether token requests must be JSON objects in place of forms.
     *
     * @param json whether they must. Default: false
     */
    public void jsonRequests(boolean json) {
        settings.jsonRequests = json;
    }

    /**
     * Sets how far {@code exp} of an assertion may lie behind its {@code iat}, and ahead of the server's clock.
     *
     * @param limit the limit. Default: 5 minutes
     */
    public void assertionLifeLimit(Duration limit) {
        settings.assertionLifeLimit = Checks.notNegative(limit, "limit");
    }

    /**
     * Sets how far {@code iat} and {@code nbf} of an assertion may lie in the future. {@code exp} has no such tolerance.
     *
     * @param skew the tolerance. Default: 15 seconds
     */
    public void assertionSkew(Duration skew) {
        settings.assertionSkew = Checks.notNegative(skew, "skew");
    }

    /**
     * Tells whether each use of a refresh token brings a new one and spends the old.
     *
     * @param rotate whether it does. Default: true. Otherwise answers to a refresh bring no refresh token
     */
    public void rotateRefreshTokens(boolean rotate) {
        settings.rotateRefreshTokens = rotate;
    }

    /**
     * Sets how long a spent refresh token is still taken, and answered with the present one. After that, its use kills
     * its family: every refresh token and access token that came from the same grant.
     *
     * @param grace how long. Default: none
     */
    public void refreshTokenGrace(Duration grace) {
        settings.refreshTokenGrace = Checks.notNegative(grace, "grace");
    }

    /**
     * {@return a new access token, as if the client had asked for it}
     *
     * @param clientId the client it belongs to
     * @param scopes its scopes, one each
     */
    public String issueAccessToken(String clientId, String... scopes) {
        return accessTokens.issue(clientId, ordered(scopes), "").value();
    }

    /**
     * {@return a new refresh token of a family of its own, as a sign-in gives it}
     *
     * @param clientId the client it belongs to
     * @param scopes the scopes it was granted for, one each; none for all
     */
    public String issueRefreshToken(String clientId, String... scopes) {
        return refreshTokens.open(clientId, ordered(scopes)).refreshToken().orElseThrow();
    }

    private static Set<String> ordered(String... scopes) {
        return new LinkedHashSet<>(Arrays.asList(scopes));
    }

    /**
     * Ends an access token, or a refresh token with its family. An unknown one is ignored.
     *
     * @param token the token
     */
    public void revoke(String token) {
        accessTokens.revoke(token);
        refreshTokens.revoke(token);
    }

    /** Ends every access token issued so far. Refresh tokens stay good. */
    public void revokeAll() {
        accessTokens.revokeAll();
    }

    /**
     * {@return whether the token is good: an access token neither expired nor revoked, or a refresh token still to be
     * used}
     *
     * @param token the token
     */
    public boolean isActive(String token) {
        return accessTokens.state(token) == AccessTokens.State.ACTIVE || refreshTokens.isCurrent(token);
    }

    /**
     * {@return the scopes of an access token, empty for none and for an unknown token}
     *
     * @param accessToken the token
     */
    public Set<String> scopeOf(String accessToken) {
        return accessTokens
                .find(accessToken)
                .map(issued -> Collections.unmodifiableSet(issued.scopes()))
                .orElse(Set.of());
    }

    /** {@return every access token issued so far, in order} */
    public List<String> issuedTokens() {
        return accessTokens.values();
    }

    /** {@return how many token requests arrived, counted on the wire, held and refused ones included} */
    public int tokenRequestCount() {
        return journal.requests().size();
    }

    /** {@return the token requests in the order of arrival, held ones included} */
    public List<RecordedTokenRequest> tokenRequests() {
        return journal.requests();
    }

    /**
     * {@return a sentence for every misuse, in order}
     *
     * <p>A misuse is what no client may do in any state of the world: a {@code jti} used again, two credentials, a wrong
     * method, content type or {@code Accept}, a query, a repeated parameter, a malformed assertion, a spent refresh
     * token. An expired assertion or a wrong secret is none.
     */
    public List<String> violations() {
        return journal.violations();
    }

    /** {@return how many assertions carried a {@code jti} that had been seen} */
    public int repeatedJtiCount() {
        return jtis.repeated();
    }

    /** {@return how many families of refresh tokens were killed because a spent one came again} */
    public int killedFamilyCount() {
        return refreshTokens.killed();
    }

    @Override
    SignInParts parts() {
        return parts;
    }

    AccessTokens accessTokens() {
        return accessTokens;
    }

    /** {@return the issuer and the number of requests, no secret} */
    @Override
    public String toString() {
        return "FakeAuthorizationServer[" + issuer() + ", " + tokenRequestCount() + " token requests]";
    }

    /**
     * Builds a server with settings that cannot change while it runs.
     *
     * <p>Thread-safety: not safe.
     */
    public static final class Builder {

        private InstantSource time = InstantSource.system();
        private Duration tokenLife = Duration.ofMinutes(5);
        private String issuerPath = "";
        private String tokenPath = "/oauth2/token";
        private @Nullable SSLSocketFactory tls;

        private Builder() {}

        /**
         * Sets the server's clock.
         *
         * @param time the clock. Default: the system's
         * @return this builder
         */
        public Builder time(InstantSource time) {
            this.time = Objects.requireNonNull(time, "time");
            return this;
        }

        /**
         * Sets how long access tokens live.
         *
         * @param life the life. Default: 5 minutes
         * @return this builder
         */
        public Builder tokenLife(Duration life) {
            this.tokenLife = Checks.notNegative(life, "life");
            return this;
        }

        /**
         * Sets the path of the issuer identifier.
         *
         * @param path the path, starting with a slash and not ending with one, or empty. Default: empty
         * @return this builder
         */
        public Builder issuerPath(String path) {
            this.issuerPath = Checks.path(path, "path");
            return this;
        }

        /**
         * Sets the path of the token endpoint, which follows that of the issuer.
         *
         * @param path the path, starting with a slash and not ending with one. Default: {@code /oauth2/token}
         * @return this builder
         */
        public Builder tokenPath(String path) {
            this.tokenPath = Checks.path(path, "path");
            return this;
        }

        /**
         * Serves https, in HTTP/1.1 only. The server's name is then {@code localhost}, which its certificate must
         * carry.
         *
         * @param tls the server's side of TLS. Default: none, plain http
         * @return this builder
         */
        public Builder https(SSLSocketFactory tls) {
            this.tls = Objects.requireNonNull(tls, "tls");
            return this;
        }

        /** {@return a running server} */
        public FakeAuthorizationServer start() {
            return new FakeAuthorizationServer(this);
        }
    }
}
