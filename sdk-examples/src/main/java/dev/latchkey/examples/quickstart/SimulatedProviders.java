package dev.latchkey.examples.quickstart;

import static dev.latchkey.examples.quickstart.Particulars.absent;
import static dev.latchkey.examples.quickstart.Particulars.item;

import dev.latchkey.Discovery;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.error.OAuthException;
import dev.latchkey.examples.quickstart.SimulatedProvider.Person;
import dev.latchkey.provider.Baanx;
import dev.latchkey.provider.OathIdB2b;
import dev.latchkey.provider.OlxPartner;
import dev.latchkey.provider.Provider;
import dev.latchkey.provider.Redox;
import dev.latchkey.provider.SmartBackendServices;
import dev.latchkey.testing.BaanxSimulator;
import dev.latchkey.testing.OathIdB2bSimulator;
import dev.latchkey.testing.OlxPartnerSimulator;
import dev.latchkey.testing.RedoxSimulator;
import dev.latchkey.testing.SmartBackendServicesSimulator;
import java.util.List;

/** The prepared providers, each with what is claimed of it. */
final class SimulatedProviders {
    static final List<String> NAMES = List.of("redox", "oath", "baanx", "olx", "smart");

    private static final String CLIENT = "quickstart-client";
    private static final String SECRET = "quickstart-secret";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final String BEARER = "Bearer *****";

    private SimulatedProviders() {}

    static SimulatedProvider start(String name) throws OAuthException {
        return switch (name) {
            case "redox" -> redox();
            case "oath" -> oath();
            case "baanx" -> baanx();
            case "olx" -> olx();
            case "smart" -> smart();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static SimulatedProvider redox() {
        RedoxSimulator simulator = RedoxSimulator.start();
        SigningKey key = World.newKey();
        simulator.registerKey(CLIENT, key.publicJwk());
        Particulars particulars = new Particulars(
                "TokenManager.builder(Redox.production())\n.clientId(id).signingKey(key).build()",
                "/fhir/R4/redox-fhir-sandbox/Development/Patient",
                List.of(
                        item("Content-Type", FORM),
                        item("alg", "RS384"),
                        item("kid", "quickstart-key"),
                        item("aud", simulator.tokenEndpoint())),
                List.of(item("Authorization", BEARER)),
                List.of("redox-no-public-key", "redox-api-403"));
        return new SimulatedProvider(
                simulator, Redox.at(simulator.baseUrl()), new Credentials.Key(CLIENT, key), particulars, List.of());
    }

    private static SimulatedProvider oath() {
        OathIdB2bSimulator simulator = OathIdB2bSimulator.start();
        simulator.registerClient(CLIENT, SECRET, "dsp", "dsp-api-access");
        Provider dsp = OathIdB2b.withXAuthToken(OathIdB2b.at(simulator.baseUrl(), "dsp")).toBuilder()
                .defaultScope("dsp-api-access")
                .build();
        Particulars particulars = new Particulars(
                "TokenManager.builder(OathIdB2b.dsp())\n.clientId(id).clientSecret(secret).build()",
                "/traffic/campaigns",
                List.of(
                        item("Content-Type", FORM),
                        item("realm", "dsp"),
                        item("alg", "HS256"),
                        absent("kid"),
                        item("aud", simulator.tokenEndpoint() + "?realm=dsp"),
                        absent("client_id")),
                List.of(item("X-Auth-Method", "OAuth2"), item("X-Auth-Token", "*****"), absent("Authorization")),
                List.of("oath-audience", "oath-scope"));
        return new SimulatedProvider(
                simulator,
                dsp,
                new Credentials.Secret(CLIENT, SECRET),
                particulars,
                List.of(new Person(simulator::signIn, "/traffic/campaigns", "spent")));
    }

    private static SimulatedProvider baanx() {
        BaanxSimulator simulator = BaanxSimulator.start();
        simulator.registerClient(CLIENT);
        Particulars particulars = new Particulars(
                "TokenManager.builder(Baanx.production(clientKey)).build()",
                "/v1/user",
                List.of(
                        item("Content-Type", JSON),
                        item("x-client-key", CLIENT),
                        item("grant_type", "refresh_token"),
                        absent("client_assertion"),
                        absent("Authorization")),
                List.of(item("x-client-key", CLIENT), item("Authorization", BEARER), absent("x-secret-key")),
                List.of("baanx-498", "baanx-refresh"));
        return new SimulatedProvider(
                simulator,
                Baanx.at(simulator.baseUrl(), CLIENT),
                new Credentials.ClientKey(CLIENT),
                particulars,
                List.of(new Person(simulator::signIn, "/v1/user", "spent")));
    }

    private static SimulatedProvider olx() {
        OlxPartnerSimulator simulator = OlxPartnerSimulator.start();
        simulator.registerClient(CLIENT, SECRET);
        Particulars particulars = new Particulars(
                "TokenManager.builder(OlxPartner.country(\"pl\"))\n.clientId(id).clientSecret(secret).build()",
                "/api/partner/categories",
                List.of(
                        item("Content-Type", JSON),
                        item("client_id", CLIENT),
                        item("client_secret", "*****"),
                        item("scope", "v2 read write"),
                        absent("Authorization")),
                List.of(item("Version", "2.0"), item("Authorization", BEARER), absent("Content-Type")),
                List.of("olx-6", "olx-9"));
        return new SimulatedProvider(
                simulator,
                OlxPartner.at(simulator.baseUrl()),
                new Credentials.Secret(CLIENT, SECRET),
                particulars,
                List.of(new Person(simulator::signIn, "/api/partner/users/me", "still good")));
    }

    private static SimulatedProvider smart() throws OAuthException {
        SmartBackendServicesSimulator simulator = SmartBackendServicesSimulator.start();
        SigningKey key = World.newKey();
        simulator.registerKey(CLIENT, key.publicJwk());
        Provider ehr = Discovery.of(SmartBackendServices.at(simulator.fhirBaseUrl())).fetch().toBuilder()
                .name("SMART Backend Services")
                .defaultScope("system/*.rs")
                .build();
        Particulars particulars = new Particulars(
                "TokenManager.builder(Discovery.of(SmartBackendServices.at(fhirBaseUrl)).fetch())\n"
                        + ".clientId(id).signingKey(key).scope(\"system/*.rs\").build()",
                "/fhir/Patient",
                List.of(
                        item("Content-Type", FORM),
                        item("alg", "RS384"),
                        item("typ", "JWT"),
                        item("aud", simulator.tokenEndpoint()),
                        item("scope", "system/*.rs")),
                List.of(item("Authorization", BEARER)),
                List.of("smart-client", "smart-scope", "smart-403"));
        return new SimulatedProvider(simulator, ehr, new Credentials.Key(CLIENT, key), particulars, List.of());
    }
}
