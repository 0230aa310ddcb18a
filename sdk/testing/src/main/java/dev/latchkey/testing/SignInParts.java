package dev.latchkey.testing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** The parts of the fake authorization server that have to do with people, and with what they gave. */
final class SignInParts {

    private static final Duration CODE_LIFE = Duration.ofMinutes(10);

    private final Endpoints endpoints;
    private final SigningKeys keys = new SigningKeys();
    private final IdTokens idTokens = new IdTokens(keys);
    private final AuthorizationCodes codes;
    private final StandardAuthorizationRules rules;
    private final ConsentPage page;
    private final AuthorizationSite site;
    private final Desk revocations;
    private final Desk introspections;

    /** What the token endpoint uses too. */
    record Shared(Registrations clients, Tokens tokens, ClientAuthenticationCheck authentication, Journal journal) {}

    /** The tokens that were issued. */
    record Tokens(AccessTokens access, RefreshTokens refresh) {

        void endFamily(String family) {
            access.revokeFamily(family);
            refresh.revokeFamily(family);
        }
    }

    /** An endpoint with its own list of requests. */
    private record Desk(String path, TokenRules rules, Journal journal) {

        Lane lane(JtiLog jtis, DateHeader date) {
            return Lane.open(
                    new TokenEndpoint(new TokenEndpoint.TokenServer(path, rules, journal, jtis, date)), new Script());
        }
    }

    SignInParts(Endpoints endpoints, Shared shared, InstantSource time, DateHeader date) {
        this.endpoints = endpoints;
        codes = new AuthorizationCodes(time, CODE_LIFE, shared.tokens()::endFamily);
        rules = new StandardAuthorizationRules(shared.clients(), endpoints.issuer());
        page = new ConsentPage(rules, codes, time, () -> RandomValues.next("code_"));
        site = new AuthorizationSite(Endpoints.path(endpoints.authorization()), page, date);
        RequestRules form = new RequestRules(new Settings());
        revocations = new Desk(
                Endpoints.path(endpoints.revocation()),
                new RevocationRules(form, shared.authentication(), shared.tokens()),
                shared.journal().beside("Revocation request"));
        introspections = new Desk(
                Endpoints.path(endpoints.introspection()),
                new IntrospectionRules(form, shared.authentication(), shared.tokens(), this::describe),
                shared.journal().beside("Introspection request"));
    }

    /** Who a token speaks for: the person, where one agreed to it. */
    private IntrospectionRules.Subject describe(Principal holder) {
        String userId = codes.personOf(holder.family());
        return new IntrospectionRules.Subject(endpoints.issuer(), userId.isEmpty() ? holder.client() : userId);
    }

    List<Lane> lanes(JtiLog jtis, DateHeader date) {
        return List.of(
                Lane.open(site, new Script()),
                revocations.lane(jtis, date),
                introspections.lane(jtis, date),
                page(Endpoints.path(endpoints.jwks()), keys::jwkSet, date),
                page(endpoints.serverMetadataPath(), this::metadata, date),
                page(endpoints.providerMetadataPath(), this::metadata, date));
    }

    private static Lane page(String path, Supplier<Reply> page, DateHeader date) {
        return Lane.open(new PageSite(path, page, date::on), new Script());
    }

    private Reply metadata() {
        return endpoints.metadata(rules.sendsIssuer());
    }

    CodeGrant codeGrant(InstantSource clock) {
        return new CodeGrant(codes, idTokens, endpoints.issuer(), clock);
    }

    Endpoints endpoints() {
        return endpoints;
    }

    SigningKeys keys() {
        return keys;
    }

    IdTokens idTokens() {
        return idTokens;
    }

    StandardAuthorizationRules rules() {
        return rules;
    }

    ConsentPage page() {
        return page;
    }

    AuthorizationSite site() {
        return site;
    }

    int revocations() {
        return revocations.journal().requests().size();
    }

    int introspections() {
        return introspections.journal().requests().size();
    }
}
