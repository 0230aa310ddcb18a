package dev.latchkey.testing;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What an authenticated client of ID B2B gets. */
final class OathGrants {

    private static final String BAD_GRANT = "oath-code";
    private static final String BAD_REFRESH_TOKEN = "oath-refresh";

    private final SimulatorState state;
    private final OathClients clients;
    private final OathTokens tokens;
    private final SignIns signIns;
    private final OathCodeGrant codes;
    private final InstantSource time;

    /** The tokens that there are, and the sign-ins that refresh tokens are of. */
    record Issued(OathTokens tokens, SignIns signIns) {}

    OathGrants(SimulatorState state, OathClients clients, Issued issued, OathCodeGrant codes, InstantSource time) {
        this.state = state;
        this.clients = clients;
        this.tokens = issued.tokens();
        this.signIns = issued.signIns();
        this.codes = codes;
        this.time = time;
    }

    Reply answer(OathClient client, TokenRequest request, String grantType) {
        Set<String> asked = asked(client, request);
        return switch (grantType) {
            case "client_credentials" ->
                tokens.issue(Principal.of(client.key(), "", required(asked)), Optional.empty());
            case "password" -> password(client, request, required(asked));
            case "refresh_token" -> refresh(client, request, asked);
            default -> code(client, request);
        };
    }

    /** A second space makes a scope without a name, which is unknown. */
    private Set<String> asked(OathClient client, TokenRequest request) {
        String sent = request.parameter("scope").orElse("");
        if (sent.isEmpty()) {
            return Set.of();
        }
        Set<String> asked = new LinkedHashSet<>(Arrays.asList(sent.split(" ", -1)));
        Set<String> unknown = new LinkedHashSet<>(asked);
        unknown.removeAll(client.registered().scopes());
        if (!unknown.isEmpty()) {
            Reply reply = Echo.of(state.errors.require("oath-scope"), "[introspects]", unknown.toString());
            throw Refusal.documented(reply, "Not registered for the client: " + unknown, false);
        }
        return asked;
    }

    private Set<String> required(Set<String> asked) {
        if (asked.isEmpty()) {
            throw missing("scope");
        }
        return asked;
    }

    /** The vendor's page lists missing parameters under the server error. */
    private Refusal missing(String name) {
        return state.errors.misuse("oath-server-error", "The parameter " + name + " is missing");
    }

    private String required(TokenRequest request, String name) {
        return request.parameter(name).filter(value -> !value.isEmpty()).orElseThrow(() -> missing(name));
    }

    private Reply password(OathClient client, TokenRequest request, Set<String> scopes) {
        String name = required(request, "username");
        if (!clients.isPassword(name, required(request, "password"))) {
            throw state.errors.refusal(BAD_GRANT, "No person " + name + " has this password");
        }
        Principal principal = Principal.of(client.key(), name, scopes);
        return tokens.issue(principal, Optional.of(open(principal)));
    }

    /** A refresh token of a new sign-in. */
    String open(Principal principal) {
        return signIns.open(SignIn.of(principal, OathTokens.value(), time.instant()));
    }

    private Reply refresh(OathClient client, TokenRequest request, Set<String> asked) {
        String token = required(request, "refresh_token");
        SignIn after = signIns.use(token, signIn -> used(fitting(signIn, client, asked)));
        boolean isNew = !after.refreshToken().equals(token);
        return tokens.issue(after.principal(), isNew ? Optional.of(after.refreshToken()) : Optional.empty());
    }

    private SignIn fitting(SignIn signIn, OathClient client, Set<String> asked) {
        if (!signIn.principal().client().equals(client.key())) {
            throw state.errors.refusal(BAD_REFRESH_TOKEN, "The refresh token is of another client or realm");
        }
        if (!asked.isEmpty() && !asked.equals(signIn.principal().scopes())) {
            throw state.errors.refusal(BAD_REFRESH_TOKEN, "The refresh token was granted for other scopes");
        }
        return signIn;
    }

    private SignIn used(SignIn signIn) {
        return state.settings.rotateRefreshTokens ? signIn.rotated(OathTokens.value(), time.instant()) : signIn;
    }

    private Reply code(OathClient client, TokenRequest request) {
        String unused = required(request, "code");
        String redirectUri = required(request, "redirect_uri");
        return codes.redeem(
                client,
                request,
                redirectUri,
                (consent, extra) -> tokens.issue(consent.principal(), Optional.of(open(consent.principal())), extra));
    }
}
