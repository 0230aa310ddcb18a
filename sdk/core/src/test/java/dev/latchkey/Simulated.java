package dev.latchkey;

import dev.latchkey.provider.Baanx;
import dev.latchkey.provider.OathIdB2b;
import dev.latchkey.provider.OlxPartner;
import dev.latchkey.provider.Provider;
import dev.latchkey.provider.Redox;
import dev.latchkey.provider.SmartBackendServices;
import dev.latchkey.testing.BaanxSimulator;
import dev.latchkey.testing.DocumentedError;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.testing.OathIdB2bSimulator;
import dev.latchkey.testing.OlxPartnerSimulator;
import dev.latchkey.testing.ProviderSimulator;
import dev.latchkey.testing.RedoxSimulator;
import dev.latchkey.testing.SmartBackendServicesSimulator;
import dev.latchkey.token.RefreshToken;
import java.util.List;

/**
 * A prepared provider at its simulator, with a client that is registered there and, where people sign in, one who did.
 *
 * @param simulator the simulator
 * @param provider the provider, at the simulator's address
 * @param credentials gives a builder the client's credentials
 * @param path a path of the API that any token opens
 * @param refreshToken what the person's sign-in brought; empty where nobody signs in
 */
record Simulated(
        ProviderSimulator simulator, Provider provider, Credentials credentials, String path, String refreshToken)
        implements AutoCloseable {
    static final List<String> NAMES = List.of("redox", "oath", "baanx", "olx", "smart");
    static final String CALLBACK = "https://app.example.com/callback";
    private static final String CLIENT = "my-client";
    private static final String SECRET = "short-secret";

    /** Gives a builder what it needs to prove the client. */
    interface Credentials {
        TokenManager.Builder to(TokenManager.Builder manager);
    }

    static Simulated start(String name, FakeTime time) {
        return switch (name) {
            case "redox" -> redox(time);
            case "oath" -> oath(time);
            case "baanx" -> baanx(time);
            case "olx" -> olx(time);
            case "smart" -> smart(time);
            default -> throw new AssertionError(name);
        };
    }

    static Simulated of(DocumentedError row, FakeTime time) {
        return start(row.id().replaceFirst("-.*", ""), time);
    }

    private static Simulated redox(FakeTime time) {
        RedoxSimulator simulator = RedoxSimulator.start(time);
        simulator.registerKey(CLIENT, Fixtures.KEY.publicJwk());
        return new Simulated(
                simulator,
                Redox.at(simulator.baseUrl()),
                manager -> manager.clientId(CLIENT).signingKey(Fixtures.KEY),
                "/fhir/R4/sandbox/Development/Patient",
                "");
    }

    private static Simulated smart(FakeTime time) {
        SmartBackendServicesSimulator simulator = SmartBackendServicesSimulator.start(time);
        simulator.registerKey(CLIENT, Fixtures.KEY.publicJwk());
        return new Simulated(
                simulator,
                SmartBackendServices.of(simulator.tokenEndpoint(), simulator.fhirBaseUrl()),
                manager -> manager.clientId(CLIENT).signingKey(Fixtures.KEY).scope("system/*.rs"),
                "/fhir/Patient",
                "");
    }

    private static Simulated oath(FakeTime time) {
        OathIdB2bSimulator simulator = OathIdB2bSimulator.start(time);
        simulator.registerClient(CLIENT, SECRET, "one", "one", "introspect", "openid");
        simulator.registerRedirectUri(CALLBACK);
        return new Simulated(
                simulator,
                OathIdB2b.at(simulator.baseUrl(), "one"),
                manager -> manager.clientId(CLIENT).clientSecret(SECRET).scope("one"),
                "/api/campaigns",
                simulator.signIn("user-1"));
    }

    private static Simulated baanx(FakeTime time) {
        BaanxSimulator simulator = BaanxSimulator.start(time);
        simulator.registerClient(CLIENT);
        simulator.registerRedirectUri(CALLBACK);
        simulator.registerUser("a@example.com", "pass word");
        return new Simulated(
                simulator,
                Baanx.at(simulator.baseUrl(), CLIENT),
                manager -> manager,
                "/v1/user",
                simulator.signIn("user-1"));
    }

    private static Simulated olx(FakeTime time) {
        OlxPartnerSimulator simulator = OlxPartnerSimulator.start(time);
        simulator.registerClient(CLIENT, SECRET);
        simulator.registerRedirectUri(CALLBACK);
        return new Simulated(
                simulator,
                OlxPartner.at(simulator.baseUrl()),
                manager -> manager.clientId(CLIENT).clientSecret(SECRET),
                "/api/partner/categories",
                simulator.signIn("user-1"));
    }

    /** Plays the person who agrees, and gives where the browser ends up. */
    String agreed(String authorizationUrl) {
        if (simulator instanceof BaanxSimulator baanx) {
            return baanx.signIn(authorizationUrl, "a@example.com");
        }
        return simulator instanceof OlxPartnerSimulator olx
                ? olx.signIn(authorizationUrl, "user-2", "v2", "read", "write")
                : ((OathIdB2bSimulator) simulator).signIn(authorizationUrl, "user-2");
    }

    /** Plays the person who says no. */
    String declined(String authorizationUrl) {
        if (simulator instanceof BaanxSimulator baanx) {
            return baanx.decline(authorizationUrl);
        }
        return simulator instanceof OlxPartnerSimulator olx
                ? olx.decline(authorizationUrl)
                : ((OathIdB2bSimulator) simulator).decline(authorizationUrl);
    }

    /** {@return a builder with the client's credentials} */
    TokenManager.Builder manager() {
        return manager(provider);
    }

    TokenManager.Builder manager(Provider changed) {
        return credentials.to(TokenManager.builder(changed)).retries(0);
    }

    /** {@return the client's own tokens or, where it has none, those of the person who signed in} */
    TokenSource source(TokenManager tokens) {
        return provider.offers("client_credentials") ? tokens : user(tokens);
    }

    TokenSource user(TokenManager tokens) {
        return tokens.adopt("user-1", RefreshToken.of(refreshToken));
    }

    @Override
    public void close() {
        simulator.close();
    }
}
