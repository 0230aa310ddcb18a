package dev.latchkey.testing;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What an authenticated client of OLX gets. */
final class OlxGrants {

    private final ErrorCatalog errors;
    private final OlxTokens tokens;
    private final SignIns signIns;
    private final AuthorizationCodes codes;
    private final InstantSource time;

    OlxGrants(ErrorCatalog errors, OlxTokens tokens, SignIns signIns, AuthorizationCodes codes, InstantSource time) {
        this.errors = errors;
        this.tokens = tokens;
        this.signIns = signIns;
        this.codes = codes;
        this.time = time;
    }

    Reply answer(OlxClient client, TokenRequest request, String grantType) {
        return switch (grantType) {
            case "client_credentials" -> clientCredentials(client, request);
            case "refresh_token" -> refresh(client, request);
            default -> code(client, request);
        };
    }

    private Reply clientCredentials(OlxClient client, TokenRequest request) {
        Set<String> asked = asked(request, client.registered().scopes());
        if (asked.isEmpty()) {
            throw errors.misuse("olx-4", "The parameter scope is missing");
        }
        return tokens.forClient(client.id(), asked);
    }

    private Set<String> asked(TokenRequest request, Set<String> allowed) {
        String sent = request.parameter("scope").orElse("");
        Set<String> asked = sent.isEmpty() ? Set.of() : new LinkedHashSet<>(Arrays.asList(sent.split(" ", -1)));
        if (!allowed.containsAll(asked)) {
            throw errors.refusal("olx-4", "Asked for " + asked + ", allowed are " + allowed);
        }
        return asked;
    }

    /** A refresh token of a new sign-in. */
    String open(Principal principal) {
        return signIns.open(SignIn.of(principal, OlxTokens.value(), time.instant()));
    }

    private Reply refresh(OlxClient client, TokenRequest request) {
        String token = required(request, "refresh_token");
        SignIn after = signIns.use(token, signIn -> used(signIn, client, request));
        Set<String> asked = asked(request, after.principal().scopes());
        return tokens.forPerson(after, asked.isEmpty() ? after.principal().scopes() : asked);
    }

    private SignIn used(SignIn signIn, OlxClient client, TokenRequest request) {
        if (!signIn.principal().client().equals(client.id())) {
            throw errors.refusal("olx-11", "The refresh token is of another client");
        }
        Set<String> unused = asked(request, signIn.principal().scopes());
        Instant now = time.instant();
        return day(now).equals(day(signIn.issuedAt())) ? signIn.used(now) : signIn.rotated(OlxTokens.value(), now);
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private Reply code(OlxClient client, TokenRequest request) {
        String code = required(request, "code");
        try {
            return codes.redeem(code, client.id(), consent -> person(consent, request));
        } catch (Refusal refusal) {
            throw errors.refusal("olx-2", refusal);
        }
    }

    private Reply person(Consent consent, TokenRequest request) {
        String redirectUri = consent.request().text("redirect_uri");
        if (!redirectUri.isEmpty() && !required(request, "redirect_uri").equals(redirectUri)) {
            throw errors.refusal("olx-2", "redirect_uri is not that of the authorization request");
        }
        Set<String> granted = consent.principal().scopes();
        Set<String> asked = asked(request, granted);
        SignIn signIn = SignIn.of(consent.principal(), OlxTokens.value(), time.instant());
        String unused = signIns.open(signIn);
        return tokens.forPerson(signIn, asked.isEmpty() ? granted : asked);
    }

    private String required(TokenRequest request, String name) {
        Optional<String> sent = request.parameter(name).filter(value -> !value.isEmpty());
        return sent.orElseThrow(() -> Refusal.documented(
                Echo.of(errors.require("olx-1"), "code", name), "The parameter " + name + " is missing", true));
    }
}
