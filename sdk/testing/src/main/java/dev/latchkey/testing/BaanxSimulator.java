package dev.latchkey.testing;

import java.time.Duration;
import java.time.InstantSource;

/**
 * A simulator of Baanx: a card platform with client keys in headers, refresh tokens that rotate, and an API under
 * {@code /v1}.
 *
 * <pre>{@code
 * try (BaanxSimulator baanx = BaanxSimulator.start()) {
 *     baanx.registerClient("my-key");
 *     String refreshToken = baanx.signIn("user-1");
 *     ... baanx.baseUrl() ...
 * }
 * }</pre>
 *
 * <p>Every request needs the header {@code x-client-key}: absent is 499, unknown 498, at the API also with a good token.
 * Then a token request is checked for {@code x-secret-key}, where the client has one, and must be JSON with
 * {@code grant_type} and what the grant needs; the one grant here is {@code refresh_token}. Each use of a refresh token
 * brings a new one; a spent one that comes again is {@code invalid_grant} and ends the session, access tokens included.
 * An {@code Authorization} header on a token request is a misuse and refused, {@code x-secret-key} on an API call is a
 * misuse.
 *
 * <p>Not documented, and taken to be so: that order; a body that is not JSON is answered as one without
 * {@code grant_type}; a wrong secret key is {@code invalid_client} with 401; every refusal of a refresh token is
 * {@code invalid_grant} with 400; that a spent one ends the session; a token is good with its own client key only;
 * {@code POST /v1/auth/logout} ends one session, {@code DELETE /v1/auth/oauth/revoke} every session of the user at that
 * client.
 *
 * <p>Access tokens live 6 hours. {@code GET /v1/user} tells the user's {@code id}, nobody has a card
 * ({@code GET /v1/card/status} is 404), any other path under {@code /v1} is answered with 200.
 *
 * <p>Thread-safety: safe.
 *
 * @see <a href="https://docs.baanx.com/guides/oauth/troubleshooting.md">Baanx, OAuth troubleshooting</a>
 * @see <a href="https://docs.baanx.com/api-reference/auth/oauth-authorize">Baanx, API reference</a>
 */
public final class BaanxSimulator extends ProviderSimulator {

    private static final String NAME = "baanx";

    private final BaanxPlatform platform = new BaanxPlatform(state());

    private BaanxSimulator(InstantSource time) {
        super(new SimulatorState(NAME, time), dialect(ErrorCatalog.of(NAME)), "/v1/auth/oauth/token");
        Settings settings = state().settings;
        settings.jsonRequests = true;
        settings.tokenLife = Duration.ofHours(6);
        settings.refreshTokenLife = Duration.ofDays(7);
        serve(new BaanxTokenRules(platform), new BaanxApiRules(platform));
    }

    private static Dialect dialect(ErrorCatalog errors) {
        return new Dialect(
                new Dialect.Pair(
                        errors.require("baanx-token-429").answer(),
                        errors.require("baanx-429").answer()),
                new Dialect.Pair(
                        errors.require("baanx-token-500").answer(),
                        errors.require("baanx-500").answer()));
    }

    /** {@return a running simulator on the system's clock} */
    public static BaanxSimulator start() {
        return new BaanxSimulator(InstantSource.system());
    }

    /**
     * {@return a running simulator on a fake clock}
     *
     * <p>It reads {@link FakeTime#steady()}, so that {@link FakeTime#stepWallClock} puts the client's clock off, not the
     * server's.
     *
     * @param time the clock
     */
    public static BaanxSimulator start(FakeTime time) {
        return new BaanxSimulator(time.steady());
    }

    /**
     * Registers a client that has no secret key; one of the same client key is replaced.
     *
     * @param clientKey the public key, which it sends in {@code x-client-key}
     */
    public void registerClient(String clientKey) {
        platform.clients.register(Checks.notBlank(clientKey, "clientKey"), "");
    }

    /**
     * Registers a client that sends a secret key in its token requests; one of the same client key is replaced.
     *
     * @param clientKey the public key, which it sends in {@code x-client-key}
     * @param secretKey the secret key, which it must send in {@code x-secret-key} on token requests, and nowhere else
     */
    public void registerClient(String clientKey, String secretKey) {
        platform.clients.register(Checks.notBlank(clientKey, "clientKey"), Checks.notBlank(secretKey, "secretKey"));
    }

    /**
     * {@return a refresh token, as if that person had signed in by the one registered client}
     *
     * @param userId the person, who need not be registered
     * @throws IllegalStateException if no client is registered, or more than one
     */
    public String signIn(String userId) {
        return signIn(platform.clients.onlyOne(), userId);
    }

    /**
     * {@return a refresh token, as if that person had signed in by that client}
     *
     * @param clientKey a registered client's public key
     * @param userId the person, who need not be registered
     * @throws IllegalArgumentException if the client is not registered
     */
    public String signIn(String clientKey, String userId) {
        platform.clients.require(Checks.notBlank(clientKey, "clientKey"));
        return platform.sessions
                .open(clientKey, Checks.notBlank(userId, "userId"))
                .refreshToken()
                .orElseThrow();
    }

    /**
     * Sets how long a spent refresh token is still taken, and answered with the present one. After that, its use ends
     * the session.
     *
     * @param grace how long. Default: none
     */
    public void refreshTokenGrace(Duration grace) {
        state().settings.refreshTokenGrace = Checks.notNegative(grace, "grace");
    }

    /**
     * Sets how long refresh tokens live that are issued from now on. Baanx's pages give both 7 and 184 days.
     *
     * @param life the life. Default: 7 days
     */
    public void refreshTokenLife(Duration life) {
        state().settings.refreshTokenLife = Checks.notNegative(life, "life");
    }

    /**
     * Tells whether token responses carry {@code refresh_token_expires_in}, which some deployments leave out.
     *
     * @param send whether they do. Default: true
     */
    public void sendRefreshTokenLife(boolean send) {
        platform.sendRefreshTokenLife = send;
    }

    /**
     * Sets in which tenant every user lives, and so which {@code x-us-env} requests must carry. With another value an
     * API call is answered with 404 and a refresh token is unknown, as in the other tenant; the second is not
     * documented, but taken to be so.
     *
     * @param us true for {@code x-us-env: true}; false for any other value or none. Default: false
     */
    public void requireUsEnvironment(boolean us) {
        platform.us = us;
    }

    /** {@return how many sessions ended because a spent refresh token came again} */
    public int killedFamilyCount() {
        return state().refreshTokens.killed();
    }
}
