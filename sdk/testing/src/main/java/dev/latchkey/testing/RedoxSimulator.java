package dev.latchkey.testing;

import java.time.Duration;
import java.time.InstantSource;

/**
 * A simulator of Redox: OAuth API keys with signed assertions, and an API under {@code /endpoint}, {@code /fhir} and
 * {@code /platform}.
 *
 * <pre>{@code
 * try (RedoxSimulator redox = RedoxSimulator.start()) {
 *     redox.registerKey("my-client", publicJwkJson);
 *     String token = new MyTokens(redox.baseUrl() + "/v2/auth/token").token();
 *     assertThat(redox.isActive(token)).isTrue();
 * }
 * }</pre>
 *
 * <p>The token endpoint checks in this order: content type, {@code grant_type}, {@code client_assertion_type},
 * {@code client_assertion}, its {@code kid}, the key by {@code iss} and {@code kid}, and then, each refused with an empty
 * description: {@code sub} equal to {@code iss}, {@code typ} {@code JWT}, {@code alg} {@code RS384} or {@code ES384} that
 * fits the key, the signature, {@code aud} equal to the token endpoint, {@code exp} at most 300 seconds ahead and after
 * {@code iat}, {@code iat} not older than 300 seconds and not more than 10 seconds ahead, a {@code jti} that was never
 * sent. The texts are documented. Their order, the status 400 and the code {@code invalid_request} are not; they are
 * taken to be these. A content type with {@code charset} is refused, since it is not documented whether it would pass.
 *
 * <p>Tokens live 300 seconds; there are no refresh tokens. A {@code scope} may be sent and is not looked at, beyond its
 * form. The API asks for a Bearer token, answers unknown paths with 404 and bodies over 10 MB with 413. It does not
 * count requests: {@link #rateLimit()} stands for the limit of 7,500 in five minutes. That the token endpoint is
 * throttled and down as the API is, is not documented; it is taken to be so.
 *
 * <p>Thread-safety: safe.
 *
 * @see <a href="https://docs.redoxengine.com/troubleshooting/troubleshoot-oauth-api-key-errors/">Redox, OAuth API key
 *     errors</a>
 * @see <a href="https://docs.redoxengine.com/api-reference/error-handling-and-responses/">Redox, error handling and
 *     responses</a>
 */
public final class RedoxSimulator extends ProviderSimulator {

    private static final String NAME = "redox";

    private RedoxSimulator(InstantSource time) {
        super(new SimulatorState(NAME, time), dialect(ErrorCatalog.of(NAME)), "/v2/auth/token");
        // That iat is at most five minutes old follows from exp, which is at most five minutes after it and to come.
        state().settings.assertionSkew = Duration.ofSeconds(10);
        serve(new RedoxTokenRules(state(), tokenEndpoint()), new RedoxApiRules(state()));
    }

    private static Dialect dialect(ErrorCatalog errors) {
        return new Dialect(
                Dialect.Pair.both(errors.require("redox-api-429").answer()),
                Dialect.Pair.both(errors.require("redox-api-500").answer()));
    }

    /** {@return a running simulator on the system's clock} */
    public static RedoxSimulator start() {
        return new RedoxSimulator(InstantSource.system());
    }

    /**
     * {@return a running simulator on a fake clock}
     *
     * <p>It reads {@link FakeTime#steady()}, so that {@link FakeTime#stepWallClock} puts the client's clock off, not the
     * server's.
     *
     * @param time the clock
     */
    public static RedoxSimulator start(FakeTime time) {
        return new RedoxSimulator(time.steady());
    }

    /**
     * Registers public keys of a client, beside those it has; one of the same {@code kid} is replaced.
     *
     * @param clientId the client id of the API key
     * @param jwk the public key as a JWK with a {@code kid}, or a set of them; private parts are dropped
     * @throws IllegalArgumentException if this is no JWK and no JWK set, or if a {@code kid} is missing
     */
    public void registerKey(String clientId, String jwk) {
        state().clients.addKeys(BackendAssertionCheck.client(clientId, jwk));
    }
}
