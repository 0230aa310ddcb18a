package dev.latchkey.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * A simulator of a FHIR server with SMART Backend Services: a discovery document, a token endpoint elsewhere on the same
 * host, and an API under {@code /fhir}.
 *
 * <pre>{@code
 * try (SmartBackendServicesSimulator smart = SmartBackendServicesSimulator.start()) {
 *     smart.registerKey("my-client", publicJwkJson);
 *     ... smart.fhirBaseUrl() ...
 * }
 * }</pre>
 *
 * <p>The token endpoint checks the form of the request, then the client, then the scope. A wrong {@code grant_type} is
 * {@code unsupported_grant_type}, a wrong or missing {@code client_assertion_type} {@code invalid_request}. An assertion
 * that fails in anything is {@code invalid_client}: {@code kid} that names exactly one registered key, {@code alg}
 * {@code RS384} or {@code ES384} that fits it, {@code typ} {@code JWT}, signature, {@code iss} and {@code sub} equal to
 * the client id, {@code aud} equal to the token endpoint as one string, {@code exp} at most five minutes ahead,
 * {@code jti} never sent before by this client. {@code iat} may be left out; where it is sent it must not be in the
 * future by more than 15 seconds, nor more than five minutes before {@code exp}; that is not documented. A missing or malformed {@code scope} is
 * {@code invalid_scope}. All these have the status 400 and no description; the specification leaves both open.
 *
 * <p>Tokens live 300 seconds and there are no refresh tokens. The API asks for a Bearer token and does not look at its
 * scope; it answers with an {@code OperationOutcome} where it refuses. How a server answers when it is down is not
 * documented; it is taken to be an empty 503. That the token endpoint is throttled as the API is, is not documented
 * either; it is taken to be so. Reading the discovery document is not counted.
 *
 * <p>Thread-safety: safe.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/backend-services.html">SMART App Launch, Backend Services</a>
 * @see <a href="https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html">SMART App Launch, Client
 *     Authentication: Asymmetric</a>
 */
public final class SmartBackendServicesSimulator extends ProviderSimulator {

    private static final String NAME = "smart";
    private static final String FHIR = "/fhir";

    private SmartBackendServicesSimulator(InstantSource time) {
        super(new SimulatorState(NAME, time), dialect(ErrorCatalog.of(NAME)), "/auth/token");
        state().settings.issuedAtRequired = false;
        Reply configuration = Reply.json(200, configuration(tokenEndpoint()));
        PageSite discovery =
                new PageSite(FHIR + "/.well-known/smart-configuration", () -> configuration, state().date()::on);
        serve(
                new SmartTokenRules(state(), tokenEndpoint()),
                new SmartApiRules(state(), FHIR),
                Lane.open(discovery, pageScript()));
    }

    private static Dialect dialect(ErrorCatalog errors) {
        return new Dialect(
                Dialect.Pair.both(errors.require("smart-429").answer()), Dialect.Pair.both(Answer.status(503)));
    }

    private static ObjectNode configuration(String tokenEndpoint) {
        ObjectNode configuration = Json.object().put("token_endpoint", tokenEndpoint);
        list(configuration, "token_endpoint_auth_methods_supported", "private_key_jwt");
        list(configuration, "token_endpoint_auth_signing_alg_values_supported", "RS384", "ES384");
        list(configuration, "grant_types_supported", "client_credentials");
        list(configuration, "scopes_supported", "system/*.rs");
        list(configuration, "capabilities", "client-confidential-asymmetric", "permission-v2");
        return configuration;
    }

    private static void list(ObjectNode object, String name, String... values) {
        Arrays.stream(values).forEach(object.putArray(name)::add);
    }

    /** {@return a running simulator on the system's clock} */
    public static SmartBackendServicesSimulator start() {
        return new SmartBackendServicesSimulator(InstantSource.system());
    }

    /**
     * {@return a running simulator on a fake clock}
     *
     * <p>It reads {@link FakeTime#steady()}, so that {@link FakeTime#stepWallClock} puts the client's clock off, not the
     * server's.
     *
     * @param time the clock
     */
    public static SmartBackendServicesSimulator start(FakeTime time) {
        return new SmartBackendServicesSimulator(time.steady());
    }

    /** {@return the base address of the FHIR API, under which the discovery document is found} */
    public String fhirBaseUrl() {
        return baseUrl() + FHIR;
    }

    /**
     * Registers public keys of a client, beside those it has; one of the same {@code kid} is replaced.
     *
     * @param clientId the client id
     * @param jwk the public key as a JWK with a {@code kid}, or a set of them; private parts are dropped
     * @throws IllegalArgumentException if this is no JWK and no JWK set, or if a {@code kid} is missing
     */
    public void registerKey(String clientId, String jwk) {
        state().clients.addKeys(BackendAssertionCheck.client(clientId, jwk));
    }
}
