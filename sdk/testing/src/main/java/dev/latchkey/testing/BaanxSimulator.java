package dev.latchkey.testing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;

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
 * {@code grant_type} and what the grant needs; the grants are {@code authorization_code} and {@code refresh_token}. Each use of a refresh token
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
 * <p>People sign in in two ways. {@code GET /v1/auth/oauth/authorize/initiate} gives the address of a hosted page, where
 * the test plays the person with {@link #signIn(String, String)} or {@link #decline}; with {@code mode=api} it gives a
 * session token too. With that, {@code POST /v1/auth/login} and {@code POST /v1/auth/oauth/authorize} do the same without
 * a page. {@code state} and a proof key with S256 are required. Sessions and codes are good for 10 minutes and one use. A
 * login's token and a session's are no access tokens: any other call with one is 401.
 *
 * <p>Not documented, and taken to be so: a wrong parameter of {@code initiate} gets the error of a missing one; the texts
 * of a redirect URI, session or verifier that does not fit; that a wrong verifier or redirect URI spends the code, and that
 * a second use ends what the first gave; {@code x-secret-key} may be sent to {@code initiate} and {@code authorize}, and
 * must be right then; a login that lacks a member is 422; a wrong one-time password is 400 with {@code {"message":"Invalid
 * OTP code"}}; login tokens live 6 hours and are of their client.
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
    private static final List<String> PHASES =
            List.of("ACCOUNT", "PHONE_NUMBER", "PERSONAL_INFORMATION", "PHYSICAL_ADDRESS", "MAILING_ADDRESS");

    private final BaanxPlatform platform;
    private final BaanxConsentRules consent;

    private BaanxSimulator(InstantSource time) {
        super(new SimulatorState(NAME, time), dialect(ErrorCatalog.of(NAME)), "/v1/auth/oauth/token");
        Settings settings = state().settings;
        settings.jsonRequests = true;
        settings.tokenLife = Duration.ofHours(6);
        settings.refreshTokenLife = Duration.ofDays(7);
        platform = new BaanxPlatform(state(), time);
        consent = new BaanxConsentRules(platform, baseUrl() + BaanxConsentRules.PAGE);
        serve(new BaanxTokenRules(platform), new BaanxApiRules(platform, new BaanxLoginRules(platform), consent));
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
        return signInBy(platform.clients.onlyOne(), userId);
    }

    /**
     * {@return a refresh token, as if that person had signed in by that client}
     *
     * @param clientKey a registered client's public key
     * @param userId the person, who need not be registered
     * @throws IllegalArgumentException if the client is not registered
     */
    public String signInBy(String clientKey, String userId) {
        platform.clients.require(Checks.notBlank(clientKey, "clientKey"));
        return platform.sessions
                .open(Principal.of(clientKey, Checks.notBlank(userId, "userId"), Set.of()))
                .refreshToken()
                .orElseThrow();
    }

    /**
     * Registers a redirect URI, for every client. An authorization must name one of them, the same to the last character.
     *
     * @param redirectUri an absolute URI without a query and without a fragment, of any scheme
     * @throws IllegalArgumentException if it is relative, or has a query or a fragment
     */
    public void registerRedirectUri(String redirectUri) {
        if (RedirectUris.checked(redirectUri).contains("?")) {
            throw new IllegalArgumentException("redirectUri must have no query, but is " + redirectUri);
        }
        platform.redirectUris.add(redirectUri);
    }

    /**
     * Tells whether an authorization that is initiated without {@code mode=api} is answered with a redirect to the hosted
     * page, or with 200 and its address as JSON. Both are documented.
     *
     * @param redirect whether it is a redirect. Default: true
     */
    public void redirectFromInitiate(boolean redirect) {
        platform.redirectFromInitiate = redirect;
    }

    /**
     * Registers a person with a complete account and no one-time password; one of the same address is replaced.
     *
     * @param email the e-mail address
     * @param password the password
     */
    public void registerUser(String email, String password) {
        platform.users.register(Checks.notBlank(email, "email"), Checks.notBlank(password, "password"));
    }

    /**
     * Lets a person log in with a one-time password only, which {@code POST /v1/auth/login/otp} sends.
     *
     * @param email a registered person
     * @throws IllegalArgumentException if there is no such person
     */
    public void requireOneTimePassword(String email) {
        trait(email, BaanxUsers.Trait.ONE_TIME_PASSWORD);
    }

    /**
     * Disables an account.
     *
     * @param email a registered person
     * @throws IllegalArgumentException if there is no such person
     */
    public void disableUser(String email) {
        trait(email, BaanxUsers.Trait.DISABLED);
    }

    private void trait(String email, BaanxUsers.Trait trait) {
        platform.users.change(
                Objects.requireNonNull(email, "email"),
                user -> new BaanxUsers.User(user.id(), user.password(), trait, user.phase()));
    }

    /**
     * Takes an account back to a phase of its onboarding: a login gives no token then. Registering the person again
     * completes it.
     *
     * @param email a registered person
     * @param phase {@code ACCOUNT}, {@code PHONE_NUMBER}, {@code PERSONAL_INFORMATION}, {@code PHYSICAL_ADDRESS} or
     *     {@code MAILING_ADDRESS}
     * @throws IllegalArgumentException if there is no such person or phase
     */
    public void onboardingPhase(String email, String phase) {
        if (!PHASES.contains(Objects.requireNonNull(phase, "phase"))) {
            throw new IllegalArgumentException("phase must be one of " + PHASES + ", but is " + phase);
        }
        platform.users.change(
                Objects.requireNonNull(email, "email"),
                user -> new BaanxUsers.User(user.id(), user.password(), user.trait(), phase));
    }

    /**
     * {@return the one-time password that was sent to a person last, six digits}
     *
     * @param email the person
     * @throws IllegalStateException if none was sent since the last login
     */
    public String oneTimePassword(String email) {
        return platform.users.oneTimePassword(Objects.requireNonNull(email, "email"));
    }

    /**
     * Tells by which name a login says that a one-time password is needed: {@code requiresOtp}, as the pages have it, or
     * {@code isOtpRequired}, as public clients read it.
     *
     * @param requiresOtp whether it is the former. Default: false
     */
    public void nameRequiresOtp(boolean requiresOtp) {
        platform.nameRequiresOtp = requiresOtp;
    }

    /**
     * {@return the callback URI, as if a person had opened the hosted page, signed in and agreed}
     *
     * @param hostedUrl the address of the hosted page, which {@code initiate} gave
     * @param email the person, who need not be registered
     * @throws AssertionError if the page would redirect nobody: another address, an unknown session, one that is over
     *     after 10 minutes, a registered account that is disabled or not complete
     */
    public String signIn(String hostedUrl, String email) {
        Objects.requireNonNull(hostedUrl, "hostedUrl");
        return consent.signIn(hostedUrl, Checks.notBlank(email, "email"));
    }

    /**
     * {@return the callback URI, as if a person had opened the hosted page and declined}
     *
     * @param hostedUrl the address of the hosted page, which {@code initiate} gave
     * @throws AssertionError if the page would redirect nobody
     */
    public String decline(String hostedUrl) {
        return consent.decline(Objects.requireNonNull(hostedUrl, "hostedUrl"));
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
